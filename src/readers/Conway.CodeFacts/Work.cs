namespace Conway.CodeFacts;

/// <summary>How far reading has come.</summary>
/// <param name="Stage">What is done now: <c>list</c>, <c>read</c>, <c>parse</c>, <c>declare</c>, <c>bind</c>, <c>link</c>, <c>walk</c>.</param>
/// <param name="Done">Files or entry points done in this stage.</param>
/// <param name="Total">Of how many; 0 when that is not known.</param>
public readonly record struct ReadingProgress(string Stage, int Done, int Total);

/// <summary>What a person chooses of reading.</summary>
public sealed record CodebaseOptions
{
    /// <summary>Path of a solution, seen from the root, whose projects are read. Unset: the solutions beside the root, else the only one below it, else all projects.</summary>
    public string? Solution { get; init; }

    /// <summary>How many files are looked at at once. Default: one for each core; at least 1. The facts do not depend on it.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}

/// <summary>Work on many files at once, with progress and cancellation.</summary>
internal sealed class Work(int parallelism, Action<ReadingProgress>? progress, CancellationToken cancellation)
{
    private readonly Lock _telling = new();

    public CancellationToken Cancellation => cancellation;

    public void Tell(string stage) => Tell(stage, 0, 0);

    /// <summary>Runs one action for each number below <paramref name="count"/>, in any order.</summary>
    public void Parallel(string stage, int count, Action<int> action)
    {
        Tell(stage, 0, count);
        var (next, done) = (0, 0);

        // Threads of our own: Roslyn's recursion needs more stack than a pool's thread is sure to have.
        var threads = new List<Thread>();
        var failures = new List<Exception>();
        void Run()
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref next) - 1) < count;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    action(i);
                    var finished = Interlocked.Increment(ref done);
                    if (finished % 64 == 0 || finished == count)
                    {
                        Tell(stage, finished, count);
                    }
                }
            }
            catch (Exception e)
            {
                Interlocked.Add(ref next, count);
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        }

        for (var t = 0; t < Math.Clamp(parallelism, 1, Math.Max(1, count)); t++)
        {
            var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = $"code facts {stage} {t}" };
            threads.Add(thread);
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        cancellation.ThrowIfCancellationRequested();
        if (failures.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    // Only what is used of it is taken from the machine.
    private const int StackBytes = 64 << 20;

    private void Tell(string stage, int done, int total)
    {
        if (progress is not null)
        {
            lock (_telling)
            {
                progress(new(stage, done, total));
            }
        }
    }
}
