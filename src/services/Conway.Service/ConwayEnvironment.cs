using System.Globalization;

namespace Conway.Service;

/// <summary>What the platform told this process through its environment. Read once, at start.</summary>
/// <remarks>The contract is docs/reference/environment.md. Any of it may be missing: a service also runs without Conway.</remarks>
public sealed class ConwayEnvironment
{
    private readonly Func<string, string?> _read;

    /// <param name="read">Answers the value of a variable, or null when it is not set.</param>
    public ConwayEnvironment(Func<string, string?> read)
    {
        _read = read;
        Run = Text("CONWAY_RUN");
        ServiceName = Text("OTEL_SERVICE_NAME");
        TelemetryEndpoint = Uri.TryCreate(Text("OTEL_EXPORTER_OTLP_ENDPOINT"), UriKind.Absolute, out var endpoint) ? endpoint.ToString() : null;
        TelemetryProtocol = Text("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "http/protobuf";
        RequestBudget = Milliseconds("CONWAY_REQUEST_BUDGET_MS");
        Urls = Text("ASPNETCORE_URLS") ?? UrlOf(Text("HOST"), Text("PORT"));
    }

    /// <summary>The environment of this process.</summary>
    public static ConwayEnvironment OfThisProcess() => new(Environment.GetEnvironmentVariable);

    /// <summary>The run this process belongs to; null outside Conway.</summary>
    public string? Run { get; }

    /// <summary>The service's name in the model; null when nobody said.</summary>
    public string? ServiceName { get; }

    /// <summary>Where telemetry goes; null means nowhere, and none is collected.</summary>
    public string? TelemetryEndpoint { get; }

    /// <summary>How telemetry is sent: <c>grpc</c>, or anything else for <c>http/protobuf</c>, which is the default.</summary>
    public string TelemetryProtocol { get; }

    /// <summary>How long a request to this service may take; null means without bound.</summary>
    public TimeSpan? RequestBudget { get; }

    /// <summary>The addresses to listen on, from <c>ASPNETCORE_URLS</c> or else <c>HOST</c> and <c>PORT</c>.</summary>
    public string? Urls { get; }

    /// <summary>Where a declared callee is reached: <c>CATALOG_URL</c> for <c>catalog</c>.</summary>
    /// <returns>Null when the variable is missing or is not an absolute http address.</returns>
    public Uri? AddressOf(string callee) =>
        Uri.TryCreate(Text(VariableOf(callee, "URL")), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : null;

    /// <summary>The budget of one call over all attempts: <c>CATALOG_TIMEOUT_MS</c> for <c>catalog</c>.</summary>
    public TimeSpan? TimeoutOf(string callee) => Milliseconds(VariableOf(callee, "TIMEOUT_MS"));

    /// <summary>The connection string of a store that this service owns: <c>ORDERS_DB_CONNECTION</c> for <c>orders-db</c>, or the file that <c>ORDERS_DB_CONNECTION_FILE</c> names.</summary>
    /// <returns>Null when neither is set.</returns>
    /// <exception cref="InvalidOperationException">As of <see cref="Secret"/>.</exception>
    public string? ConnectionOf(string store) => Secret(VariableOf(store, "CONNECTION"));

    /// <summary>The value of a variable that may be secret: what it says, or what the file holds that the variable <c>…_FILE</c> names.</summary>
    /// <param name="variable"><c>MAIL_API_KEY</c>.</param>
    /// <returns>Of a file without one line end at its end; null when neither variable is set.</returns>
    /// <remarks>The file is read each time that this is called, so that who asks again gets what was rotated.</remarks>
    /// <exception cref="InvalidOperationException">Both are set, or the file cannot be read, is empty, longer than 1 MiB or not UTF-8. The message says which, and nothing of a value.</exception>
    public string? Secret(string variable)
    {
        var file = variable + "_FILE";
        return (Text(variable), Text(file)) switch
        {
            ({ }, { }) => throw new InvalidOperationException($"{variable} and {file} are both set, and nobody can tell which is meant. Set one of them."),
            (var value, null) => value,
            (null, { } path) => SecretFile.Read(file, path),
        };
    }

    /// <summary>The name of a variable about a thing of the model: <c>orders-db</c>, <c>URL</c> → <c>ORDERS_DB_URL</c>.</summary>
    public static string VariableOf(string name, string what) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_')) + "_" + what;

    internal string? Text(string variable) => _read(variable) is { Length: > 0 } value ? value : null;

    internal int? Number(string variable) =>
        int.TryParse(Text(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    private TimeSpan? Milliseconds(string variable) => Number(variable) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private static string? UrlOf(string? host, string? port) =>
        port is null ? null : $"http://{host ?? "127.0.0.1"}:{port}";
}
