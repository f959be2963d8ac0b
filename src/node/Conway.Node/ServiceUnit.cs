using Conway.Builds;
using Conway.Lowering;
using Conway.Supervision;

namespace Conway.Node;

/// <summary>One service in the node: its plan, its build, its processes. What changes it holds <see cref="Changing"/>.</summary>
internal sealed class ServiceUnit
{
    /// <summary>Changes of one service are taken over one after another. Who needs several takes them in the order of their names.</summary>
    public SemaphoreSlim Changing { get; } = new(1, 1);

    /// <summary>How many wait for <see cref="Changing"/>: whoever holds it need not bring to its end what one of them will do anew.</summary>
    public int Waiting;

    public ServiceUnit(ServicePlan plan, SupervisionContext context)
    {
        Plan = plan;
        Supervisor = new ServiceSupervisor(plan.Name, context);
        Inputs = Builder.InputsOf(plan);
        Build = plan.Build is null ? BuildView.None : new BuildView(BuildState.Waiting, null, TimeSpan.Zero, []);
    }

    public ServicePlan Plan { get; set; }

    public ServiceSupervisor Supervisor { get; }

    /// <summary>What is watched for changes.</summary>
    public BuildInputs Inputs { get; set; }

    /// <summary>State of the inputs when they were taken over last; null until the first start.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>What a start now would start.</summary>
    public Makeup Built { get; set; } = Makeup.Unknown;

    /// <summary>What the processes that serve were started from.</summary>
    public Makeup Running { get; set; } = Makeup.Unknown;

    public BuildView Build { get; set; }

    /// <summary>What the last good build made.</summary>
    public string? Output { get; set; }

    /// <summary>Finds out when the service itself writes what counts as its source.</summary>
    public ChangeLoop Loop { get; } = new();

    /// <summary>Whether somebody stopped it by hand.</summary>
    public bool StoppedByHand { get; set; }

    /// <summary>Whether everything it waits for has been healthy once; never closes again, so that a sick callee takes nobody with it.</summary>
    public bool GateOpen { get; set; }

    /// <summary>How it is started with what is built now; null when there is nothing to start.</summary>
    public Launch? Launch(RunPlan run) => Plan.Kind switch
    {
        ServiceKind.Command => new Launch(run, Plan, "/bin/sh", ["-c", "exec " + Plan.Command]),
        _ when Output is null => null,
        _ => new Launch(run, Plan, "dotnet", [Output]),
    };
}
