namespace Conway.CodeFacts;

/// <summary>A place where work comes into the codebase from outside: a request, a message, the clock, the start of the program.</summary>
public sealed record EntryPoint
{
    /// <summary>Index into <see cref="Codebase.EntryPoints"/>, which is ordered by kind, then route, method and place.</summary>
    public required int Id { get; init; }

    public required EntryPointKind Kind { get; init; }

    /// <summary>What a person would call it: <c>POST /orders/{id}</c>, <c>OrderPlaced → Billing.InvoiceConsumer</c>, <c>job Billing.NightlyRun</c>.</summary>
    public required string Name { get; init; }

    /// <summary>HTTP method in upper case, <c>*</c> for any; gRPC method; hub method. Unset otherwise.</summary>
    public string? Method { get; init; }

    /// <summary>Route template from the root, with leading <c>/</c>: <c>/orders/{id}</c>; gRPC: <c>/package.Service/Method</c>. Unset when there is none or when it cannot be read.</summary>
    public string? Route { get; init; }

    /// <summary>Cron expression or interval of a job, as written.</summary>
    public string? Schedule { get; init; }

    /// <summary>Id of the type that handles it.</summary>
    public required int Type { get; init; }

    /// <summary>Id of the member that handles it; <see cref="Codebase.None"/> when that is not in the source.</summary>
    public int Member { get; init; } = Codebase.None;

    /// <summary>Id of the type of the message; <see cref="Codebase.None"/> when there is none.</summary>
    public int Message { get; init; } = Codebase.None;

    public required CodePlace Place { get; init; }

    /// <summary>Part of its route or name was guessed.</summary>
    public bool IsInferred { get; init; }
}

/// <summary>Where work comes from.</summary>
public enum EntryPointKind
{
    /// <summary>An action of a controller.</summary>
    Controller,

    /// <summary>A mapped endpoint: minimal API, FastEndpoints, Carter.</summary>
    MinimalApi,

    /// <summary>A handler of a Razor page, or an event of a Web Forms page.</summary>
    Page,

    /// <summary>A method of a gRPC service.</summary>
    Grpc,

    /// <summary>A method of a SignalR hub.</summary>
    Hub,

    /// <summary>A method of a SOAP or WCF service.</summary>
    Soap,

    /// <summary>A message of a bus.</summary>
    Consumer,

    /// <summary>A job of a scheduler.</summary>
    Job,

    /// <summary>A hosted service.</summary>
    Hosted,

    /// <summary>The start of a program: <c>Main</c> or top-level statements.</summary>
    Program,
}
