#!/bin/sh
# Bundles browser/plotly.js into cache/plotly.min.js; a failed build leaves nothing behind.
set -eu
cd "$(dirname "$0")"
npm ci --loglevel=error --no-audit --no-fund
npx --no-install --loglevel=error esbuild plotly.js --bundle --minify --format=iife --global-name=Plotly --define:global=window \
    --loader:.css=text --log-level=error --outfile=../cache/plotly.min.js.part
mv ../cache/plotly.min.js.part ../cache/plotly.min.js
