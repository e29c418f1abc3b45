CREATE TABLE "cluster_shares" (
	"account_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"managed" integer NOT NULL,
	"unmanaged" integer NOT NULL,
	"system" integer NOT NULL,
	CONSTRAINT "cluster_shares_one_each" PRIMARY KEY("account_id","cluster_id","at")
);
