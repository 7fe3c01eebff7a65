-- The application's own tables.
create table manifest (number integer primary key, received timestamp not null);
