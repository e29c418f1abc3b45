ALTER TABLE "launches" ADD COLUMN "draft_id" text;--> statement-breakpoint
CREATE INDEX "launches_draft" ON "launches" USING btree ("draft_id");