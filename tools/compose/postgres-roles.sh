#!/bin/sh
# Runs once, when the database folder is empty: one role for each service, each with its limit of connections.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner="$HOLDFAST_OWNER_PASSWORD" -v api="$HOLDFAST_API_PASSWORD" -v worker="$HOLDFAST_WORKER_PASSWORD" -v temporal="$TEMPORAL_PASSWORD" <<'SQL'
create role holdfast login connection limit 20 password :'owner';
create role holdfast_api login connection limit 64 password :'api';
create role holdfast_worker login connection limit 48 password :'worker';
create role temporal login connection limit 60 password :'temporal';
create database holdfast owner holdfast;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database holdfast, temporal, temporal_visibility from public;
grant connect on database holdfast to holdfast_api, holdfast_worker;
SQL
