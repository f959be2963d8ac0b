using Conway.Model;

namespace Conway.Cli;

/// <summary>What the doctor looks at: the system if there is one, and the machine.</summary>
/// <param name="Location">Where the system is; null when there is no model here.</param>
/// <param name="Model">What is to run; null when there is no model here.</param>
/// <param name="Terminal">Environment, folder and time.</param>
internal sealed record DoctorSubject(ModelLocation? Location, SystemModel? Model, Terminal Terminal)
{
    public bool NeedsDotNet => Model is null || Model.Services.Values.Any(s => s.Project is not null);

    public bool NeedsNode => Model is not null && Model.Services.Values.Any(s => StartsNode(s.Command) || StartsNode(s.Build));

    private static bool StartsNode(string? command) => command?.Split(' ')[0] is "node" or "npm" or "npx";
}
