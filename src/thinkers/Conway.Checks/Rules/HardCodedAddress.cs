using System.Net;
using Conway.Findings;

namespace Conway.Checks.Rules;

/// <summary>CW2112: a service that is told where another one is, instead of being told by its listener.</summary>
/// <remarks>In the model: a variable that holds the address of another service, or one on this machine. Addresses of others (a bank, a mail server) are
/// configuration and not told.</remarks>
public sealed class HardCodedAddress : ICheck
{
    private static readonly HashSet<string> Schemes = new(["http", "https", "ws", "wss", "grpc", "grpcs", "amqp", "amqps", "kafka", "nats", "tcp"], StringComparer.OrdinalIgnoreCase);

    // Names of schemas and documents that look like addresses.
    private static readonly string[] Namespaces =
        ["w3.org", "schemas.microsoft.com", "schemas.xmlsoap.org", "schemas.openxmlformats.org", "json-schema.org", "ietf.org", "rfc-editor.org", "tempuri.org", "iana.org", "opengis.net", "purl.org", "example.com", "example.org", "aka.ms", "learn.microsoft.com", "docs.microsoft.com", "github.com"];

    // Where the service itself listens.
    private static readonly HashSet<string> Own = new(["ASPNETCORE_URLS", "URLS", "HOST", "BIND", "LISTEN"], StringComparer.OrdinalIgnoreCase);

    public FindingRule Rule { get; } = new(
        "CW2112", Severity.Warning, "Hard-coded address",
        "The call goes past its listener: no timeout, no retry, no second replica, and it breaks on the first machine where the address is another one.")
    {
        Unless = "nothing that the service needs stands behind the address",
    };

    public CheckInputs Uses => CheckInputs.Code;

    public IEnumerable<Finding> Check(CheckSubject subject) => ByModel(subject).Concat(subject.Code is null ? [] : ByCode(subject));

    private IEnumerable<Finding> ByCode(CheckSubject subject) =>
        from address in subject.Sources.Code.Addresses
        let service = subject.Sources.ServiceOf(address.Place)
        where service is not null
        let host = address.Host.Split(':')[0]
        where !Namespaces.Any(n => host.Equals(n, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + n, StringComparison.OrdinalIgnoreCase))
        let other = ServiceOf(subject, service, host)
        select new Finding
        {
            Rule = Rule,
            Weight = other is null && !IsLocal(host) ? Severity.Info : null,
            ModelPath = $"services.{service}",
            Subject = $"{service} holds {address.Host}",
            Place = subject.Sources.Code.SpanOf(address.Place),
            Message = $"'{service}' has the address {address.Host} in its source{(other is not null ? $", which is '{other}'" : "")}.",
            Mend = other is not null
                ? $"Declare the call, calls: {{ {other}: 1s }}, and read the address from {Conway.Model.Names.ToVariable(other)}_URL."
                : "Read it from configuration, so that another environment can have another one.",
        };

    private IEnumerable<Finding> ByModel(CheckSubject subject) =>
        from service in subject.Model.Services
        from variable in service.Value.Environment
        where !Own.Contains(variable.Key)
        let host = HostOf(variable.Value)
        where host is not null
        let other = ServiceOf(subject, service.Key, host)
        where other is not null || IsLocal(host)
        select new Finding
        {
            Rule = Rule,
            ModelPath = $"services.{service.Key}.environment.{variable.Key}",
            Message = other is not null
                ? $"'{service.Key}' is given the address of '{other}' in {variable.Key}."
                : $"'{service.Key}' is given an address on this machine, {host}, in {variable.Key}.",
            Mend = other is not null
                ? $"Declare the call, calls: {{ {other}: 1s }}; then {Conway.Model.Names.ToVariable(other)}_URL holds the address of its listener."
                : "If it is one of the services, declare the call and use its NAME_URL; else take the address from outside, ${env:NAME}.",
        };

    /// <summary>The host of an address; null when the text is none.</summary>
    private static string? HostOf(string value) =>
        !value.Contains("${", StringComparison.Ordinal) && Uri.TryCreate(value.Trim(), UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme) && uri.Host.Length > 0 ? uri.Host.Trim('[', ']') : null;

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.Equals("host.docker.internal", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _);

    // catalog, catalog.shop.svc.cluster.local
    private static string? ServiceOf(CheckSubject subject, string caller, string host) =>
        host.Split('.') is [var first, .. var rest] && first != caller && subject.Model.Services.ContainsKey(first)
        && (rest.Length == 0 || rest is [_] || host.EndsWith(".svc", StringComparison.Ordinal) || host.EndsWith(".cluster.local", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal))
            ? first : null;
}
