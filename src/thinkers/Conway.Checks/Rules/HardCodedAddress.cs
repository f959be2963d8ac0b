using System.Net;
using Conway.AddressFacts;
using Conway.Checks.Sources;
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

    public CheckInputs Uses => CheckInputs.Addresses;

    public IEnumerable<Finding> Check(CheckSubject subject) => ByModel(subject).Concat(subject.Addresses is null ? [] : ByService(subject).Concat(ByOther(subject)));

    /// <summary>The address of a service that it may call; where the call is not even declared, that is CW7106.</summary>
    private IEnumerable<Finding> ByService(CheckSubject subject) =>
        from service in subject.Named.Services
        from named in subject.Named.In(service)
        where named.Mention.Kind == AddressKind.Host && !named.IsConfigured && subject.Model.Services[service].Calls.ContainsKey(named.Callee)
        select InSource(
            named.Caller, named.Mention, null, $", which is '{named.Callee}'",
            $"Read the address from {Conway.Model.Names.ToVariable(named.Callee)}_URL: there the listener of '{named.Caller}' for '{named.Callee}' stands.");

    private IEnumerable<Finding> ByOther(CheckSubject subject) =>
        from other in subject.Named.Others
        let host = other.Mention.Name.Split(':')[0]
        where !SourceTexts.IsConfiguration(other.Mention.Place.File)
        where !Namespaces.Any(n => host.Equals(n, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + n, StringComparison.OrdinalIgnoreCase))
        select InSource(
            other.Service, other.Mention, IsLocal(host) ? null : Severity.Info, "", "Read it from configuration, so that another environment can have another one.");

    private Finding InSource(string service, AddressMention mention, Severity? weight, string says, string mend) => new()
    {
        Rule = Rule,
        Weight = weight,
        ModelPath = $"services.{service}",
        Subject = $"{service} holds {mention.Name}",
        Place = mention.Place,
        Message = $"'{service}' has the address {mention.Name} in its source{says}.",
        Mend = mend,
    };

    private IEnumerable<Finding> ByModel(CheckSubject subject) =>
        from service in subject.Model.Services
        from variable in service.Value.Environment
        where !Own.Contains(variable.Key)
        let host = HostOf(variable.Value)
        where host is not null
        let other = ServiceAddresses.ServiceOf(subject.Model, service.Key, host)
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
}
