/** A browser without the cookie. The console can start and stop processes, so it lets nobody in without a code. */
export function LockedOut() {
  return (
    <main className="locked">
      <h1>This browser has not been let in</h1>
      <p>The console can start and stop processes on your machine, so it opens only through a link with a one-time code.
        A code lives one minute and works once; this page was opened without one, or the system was started anew.</p>
      <p>In the folder of a running system, this opens it; where code is being cut, start <code>conway decompose --open</code> again:</p>
      <pre className="command"><code>conway open</code></pre>
    </main>
  )
}
