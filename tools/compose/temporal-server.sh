#!/bin/sh
# Starts all services of Temporal in one container; its settings come from the environment.
set -eu
export DB=postgres12
export BIND_ON_IP=0.0.0.0
export DYNAMIC_CONFIG_FILE_PATH=${DYNAMIC_CONFIG_FILE_PATH:-/etc/temporal/dynamic.yaml}
export TEMPORAL_VERSION_CHECK_DISABLED=1
# the address under which the services find each other
TEMPORAL_BROADCAST_ADDRESS=${TEMPORAL_BROADCAST_ADDRESS:-$(hostname -i | cut -d ' ' -f 1)}
export TEMPORAL_BROADCAST_ADDRESS
exec temporal-server --allow-no-auth start
