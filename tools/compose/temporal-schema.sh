#!/bin/sh
# Makes the tables of Temporal or brings them to this version; doing it again changes nothing.
set -eu
export SQL_PLUGIN=postgres12

prepare() {
  SQL_DATABASE=$1
  export SQL_DATABASE
  # a database without tables has no version to start from
  temporal-sql-tool update-schema --schema-name "$2" 2>/dev/null && return
  temporal-sql-tool setup-schema -v 0.0
  temporal-sql-tool update-schema --schema-name "$2"
}

prepare temporal postgresql/v12/temporal
prepare temporal_visibility postgresql/v12/visibility
