#!/bin/sh
# Compiles the shim over DPDK into a folder of classes. Where there is no DPDK or no compiler it says so in a line, which
# the product repeats when somebody asks for DPDK; everything else is built without it.
set -eu
source=$(dirname "$0")
folder=$1
library=$folder/libnetchannel-dpdk.so
mkdir -p "$folder"
rm -f "$library" "$folder/missing.txt"

missing() {
  printf '%s\n' "$1" >"$folder/missing.txt"
  printf 'DPDK channels are left out: %s\n' "$1"
  exit 0
}

compiler=${CC:-cc}
command -v "$compiler" >/dev/null || missing "there is no C compiler (cc)"
command -v pkg-config >/dev/null || missing "there is no pkg-config"
pkg-config --exists libdpdk || missing "pkg-config finds no libdpdk"

# DPDK's own headers warn; ours must not. Only what is used is linked.
# shellcheck disable=SC2046
"$compiler" -std=gnu11 -O3 -fPIC -shared -Wall -Wextra -Werror -o "$library" \
  $(pkg-config --cflags libdpdk | sed 's/-I/-isystem /g') "$source"/netchannel_*.c \
  $(pkg-config --libs libdpdk) -lrte_net_ring
