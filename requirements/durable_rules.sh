#!/bin/sh
# Build durable_rules for a Python it was not published for, and say so plainly where that does not work:
#
#     sh requirements/durable_rules.sh .venv/run/bin/python
#
# Python 3.13 removed PyEval_CallObject, which durable_rules 2.0.28 calls; PyObject_CallObject is what it stood for.
# Without durable_rules the plain matcher, which defines what a rule means, gives the same answers.
set -eu
python=$1

works() { "$python" -c 'import durable_rules_engine' 2>/dev/null; }

works && exit 0

for compiler in "${CC:-cc}" gcc cc clang; do
    command -v "${compiler%% *}" >/dev/null 2>&1 && break
done

# A wheel kept from an earlier attempt would come back unchanged from pip's cache.
CC="$compiler -DPyEval_CallObject=PyObject_CallObject" "$python" -m pip --disable-pip-version-check install --quiet \
    --no-cache-dir --no-build-isolation --no-deps -r "$(dirname "$0")/durable_rules.txt" >/dev/null 2>&1 || true

if works; then
    echo "durable_rules was built for this Python: every decision is matched twice."
else
    "$python" -m pip --disable-pip-version-check uninstall --quiet --yes durable_rules >/dev/null 2>&1 || true
    echo "durable_rules could not be built for this Python: the plain matcher answers alone, with the same decisions."
fi
