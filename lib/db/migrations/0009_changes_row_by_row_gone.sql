ALTER TABLE "run_changes" ALTER COLUMN "changes" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "run_changes" DROP COLUMN "at";--> statement-breakpoint
ALTER TABLE "run_changes" DROP COLUMN "kind";--> statement-breakpoint
ALTER TABLE "run_changes" DROP COLUMN "body";