CREATE TABLE "preset_defaults" (
	"account_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"preset_id" text NOT NULL,
	CONSTRAINT "preset_defaults_one_each" PRIMARY KEY("account_id","cluster_id")
);
--> statement-breakpoint
CREATE TABLE "presets" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"options" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pool_limits" (
	"account_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"pools" jsonb NOT NULL,
	"pasted_by" text NOT NULL,
	"pasted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pool_limits_one_each" PRIMARY KEY("account_id","cluster_id")
);
--> statement-breakpoint
CREATE TABLE "rollback_kits" (
	"launch_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"kit" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "preset_defaults" ADD CONSTRAINT "preset_defaults_preset" FOREIGN KEY ("preset_id") REFERENCES "public"."presets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "presets_name" ON "presets" USING btree ("account_id","name_key");