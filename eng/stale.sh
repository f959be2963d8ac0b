# Sourced by ./conway and eng/build; expects $root. Kept to one `find`, because every `./conway …` pays for it.

out="$root/artifacts/conway"    # numbered builds of the app, the number of the current one, logs, the lock
stamp="$out/stamp"              # its time is when the last good build began to read its inputs

# True when something that goes into ./conway changed since the last good build.
# ctime, not mtime: it also sees files that were copied or checked out with an older date. Folders count, so deletions are seen;
# ClientApp's own folder does not, since building the page puts node_modules and dist there.
stale() {
  [ -f "$stamp" ] && [ -f "$out/current" ] || return 0
  [ -n "$(find "$root/src" "$root/docs/reference" "$root"/Directory.* "$root/global.json" "$root/.editorconfig" "$root/eng/build" \
    \( -name node_modules -o -name dist \) -prune -o \
    ! -name README.md ! -name ClientApp -cnewer "$stamp" -print 2>/dev/null | head -n 1)" ]
}
