#!/bin/sh
# Makes tests/tools/unpacked hold what package-lock.json names. Safe to call from many test processes at once; cheap when nothing is to be done.
set -eu
cd "$(dirname "$0")"
exec 9>.lock
flock 9
cmp -s package-lock.json unpacked/package-lock.json && exit 0
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
rm -rf unpacked unpacked.new
node unpack.mjs unpacked.new
cp package-lock.json unpacked.new/
mv unpacked.new unpacked
# The packed copies are not needed any more, and they are large.
rm -rf node_modules
