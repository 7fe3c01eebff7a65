-- The runs of all jobs, and who runs a job now. For H2 2 and for PostgreSQL 12 or newer.
create table writeback_run (
  run_number bigint generated always as identity primary key,
  run_id varchar(36) not null unique,
  job varchar(1000) not null,
  slot timestamp(6) with time zone not null,
  scheduled boolean not null,
  zone varchar(64) not null,
  attempt integer not null,
  started timestamp(6) with time zone not null,
  ended timestamp(6) with time zone,
  input_dataset text,
  dataset_id varchar(1000),
  dataset_name text,
  dataset_updated timestamp(6) with time zone,
  row_protected boolean not null,
  bucket text,
  object_key text,
  file_name text,
  content_type text,
  row_count bigint,
  byte_count bigint,
  etag text,
  version_id text,
  watermark_above bigint,
  watermark_up_to bigint,
  -- One id a line.
  open_uploads text,
  outcome varchar(32),
  error text,
  -- One note a line.
  notes text
);

create index writeback_run_of_job on writeback_run (job, run_number);

create table writeback_lease (
  job varchar(1000) primary key,
  run_id varchar(36) not null,
  holder varchar(1000) not null,
  since timestamp(6) with time zone not null,
  expires timestamp(6) with time zone not null
);
