namespace Conway.Model;

/// <summary>Who owns what.</summary>
public static class Ownership
{
    /// <summary>The service's own team, else that of its context; null when neither names one, and for no service.</summary>
    public static string? TeamOf(this SystemModel model, Service? service) =>
        service?.Team ?? (service?.Context is { } context && model.Contexts.TryGetValue(context, out var found) ? found.Team : null);
}
