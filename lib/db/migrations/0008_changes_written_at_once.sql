ALTER TABLE "run_changes" ADD COLUMN "changes" jsonb;--> statement-breakpoint
UPDATE "run_changes" SET "changes" = jsonb_build_array(jsonb_build_object('seq', "seq", 'atMs', floor(extract(epoch from "at") * 1000)::bigint, 'kind', "kind", 'body', "body"));
