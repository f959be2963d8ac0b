using System.Runtime.InteropServices;

namespace Conway.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks what is under way to end in order, a second to end it at once, a third ends this process.</summary>
public sealed class Interrupts : IDisposable
{
    // A verb that has processes to kill gets this long for it after the second signal.
    private static readonly TimeSpan KillMax = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly PosixSignalRegistration[] _signals;
    private ITimer? _lastWord;

    public Interrupts() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Handle(signal, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Handle(signal, ExitCode.Terminated)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Cancelled by the second: no more waiting for what wants to finish.</summary>
    public CancellationToken Kill => _kill.Token;

    /// <summary>The exit code of the signal that came; null while none has.</summary>
    public ExitCode? Ended { get; private set; }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _lastWord?.Dispose();
        _source.Dispose();
        _kill.Dispose();
    }

    private void Handle(PosixSignalContext signal, ExitCode code)
    {
        signal.Cancel = true;
        if (Ended is null)
        {
            Ended = code;
            _source.Cancel();
        }
        else if (!_kill.IsCancellationRequested)
        {
            _kill.Cancel();
            _lastWord = TimeProvider.System.CreateTimer(_ => Exit(), null, KillMax, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Exit();
        }

        // Whatever is left of a run is ended by its keeper, which sees this process end.
        void Exit() => Environment.Exit((int)Ended!);
    }
}
