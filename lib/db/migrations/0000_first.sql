CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text,
	"organization_id" text,
	"display_name" text NOT NULL,
	"sealed_token" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"address_hash" text NOT NULL,
	"token_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"created_by" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "launches" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text,
	"cluster_id" text NOT NULL,
	"launch_key" text NOT NULL,
	"mark" text NOT NULL,
	"payload_hash" text NOT NULL,
	"payload" jsonb NOT NULL,
	"display_name" text NOT NULL,
	"sealed_token" text,
	"state" text NOT NULL,
	"migration_id" text,
	"problem" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text,
	"cluster_id" text NOT NULL,
	"migration_id" text NOT NULL,
	"launch_id" text,
	"started_by" text,
	"source" text NOT NULL,
	"comment" text NOT NULL,
	"options" jsonb NOT NULL,
	"status" text NOT NULL,
	"current_batch" integer,
	"num_of_batches" integer,
	"counts" jsonb NOT NULL,
	"seq" integer NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"last_polled_at" timestamp with time zone,
	"sealed_token" text,
	"lease_holder" text,
	"lease_epoch" bigint DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_changes" (
	"run_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "run_changes_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
ALTER TABLE "run_changes" ADD CONSTRAINT "run_changes_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_address" ON "sign_in_attempts" USING btree ("address_hash","at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_token" ON "sign_in_attempts" USING btree ("token_hash","at");--> statement-breakpoint
CREATE INDEX "drafts_cluster" ON "drafts" USING btree ("account_id","cluster_id","updated_at");--> statement-breakpoint
CREATE UNIQUE INDEX "launches_key" ON "launches" USING btree ("account_id","launch_key");--> statement-breakpoint
CREATE UNIQUE INDEX "launches_mark" ON "launches" USING btree ("mark");--> statement-breakpoint
CREATE UNIQUE INDEX "launches_one_live" ON "launches" USING btree ("account_id","cluster_id") WHERE "launches"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "launches_state" ON "launches" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_migration" ON "runs" USING btree ("account_id","cluster_id","migration_id");--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("ended_at");