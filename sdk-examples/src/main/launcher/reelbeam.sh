#!/bin/sh
# Starts reelbeam.jar, which lies beside this script, with the class data that the build has archived, so that the JVM need
# not read and check them again. Where the archive does not fit (another JDK, another folder), the JVM starts without it.
# Java is that of JAVA_HOME, or else the one on the PATH; JAVA_TOOL_OPTIONS may hold further options.

self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self") || exit 1
  case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
  esac
done
# the whole path, as the archive remembers it
here=$(CDPATH='' cd -- "${self%/*}" && pwd -P) || exit 1

if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
elif command -v java >/dev/null; then
  java=java
else
  echo "reelbeam: there is no java on the PATH, and JAVA_HOME names none" >&2
  exit 127
fi

# exec: signals and the exit code are the program's own
exec "$java" -XX:SharedArchiveFile="$here/reelbeam.jsa" -Xlog:cds=off,cds+dynamic=off -XX:+UseSerialGC \
  -jar "$here/reelbeam.jar" "$@"
