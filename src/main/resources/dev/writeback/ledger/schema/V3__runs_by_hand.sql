-- Whether a person began the run and looked on.
alter table writeback_run add column by_hand boolean default false not null;
