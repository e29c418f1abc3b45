ALTER TABLE "drafts" ADD COLUMN "changed_by" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "changed_in" text;