using System.Collections.Immutable;
using System.Text.Json;
using Conway.Registry.Checks;
using Conway.Registry.World;

namespace Conway.Registry.Http;

/// <summary>Reads a check's definition: exactly one way of checking, and the times that go with it.</summary>
internal static class CheckInput
{
    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReapMin = TimeSpan.FromMinutes(1);
    private static readonly string[] NotOurs = ["Args", "ScriptArgs", "Script", "DockerContainerID", "Shell", "UDP", "OSService"];

    /// <param name="idUnset">The ID when the caller names none.</param>
    public static CheckRecord Read(JsonIn json, string node, string serviceId, string idUnset, string nameUnset)
    {
        var definition = Definition(json);
        var statusWord = json.Text("Status");
        var status = Health.Parse(statusWord);
        if (statusWord.Length > 0 && status is null) json.Faults.Add($"Status must be passing, warning or critical, not \"{statusWord}\"");
        var id = json.Text("CheckID") is { Length: > 0 } checkId ? checkId : json.Text("ID") is { Length: > 0 } plain ? plain : idUnset;
        var name = json.Text("Name") is { Length: > 0 } given ? given : nameUnset;
        if (id.Length == 0) id = name;
        if (id.Length == 0) json.Faults.Add("Missing check name (Name)");
        if (id.Length > 512) json.Faults.Add("A check ID can have 512 characters at most");
        return new CheckRecord
        {
            Node = node,
            Id = id,
            Name = name.Length > 0 ? name : id,
            ServiceId = serviceId,
            Notes = json.Text("Notes"),
            Status = status ?? InstanceHealth.Critical,
            Type = definition.Kind.ToString().ToLowerInvariant(),
            Definition = definition,
        };
    }

    private static CheckDefinition Definition(JsonIn json)
    {
        foreach (var name in NotOurs)
            if (json.Has(name)) json.Faults.Add($"Checks by {name} are not supported; use HTTP, TCP, GRPC, H2PING, TTL or an alias");

        var (kind, target) = Way(json);
        var definition = new CheckDefinition
        {
            Kind = kind,
            Target = target,
            Method = json.Text("Method", "GET") is { Length: > 0 } method ? method : "GET",
            Body = json.Text("Body"),
            Header = json.Map("Header", CheckDefinition.NoHeader, "a map of arrays of strings", ReadValues),
            UseTls = kind == CheckKind.Grpc ? json.Bool("GRPCUseTLS") : kind == CheckKind.H2Ping ? !json.Has("H2PingUseTLS") || json.Bool("H2PingUseTLS") : json.Bool("TCPUseTLS"),
            TlsSkipVerify = json.Bool("TLSSkipVerify"),
            TlsServerName = json.Text("TLSServerName"),
            DisableRedirects = json.Bool("DisableRedirects"),
            Interval = json.Duration("Interval", TimeSpan.Zero),
            Timeout = json.Duration("Timeout", TimeSpan.FromSeconds(10)),
            Ttl = json.Duration("TTL", TimeSpan.Zero),
            SuccessBeforePassing = json.Int("SuccessBeforePassing"),
            FailuresBeforeCritical = json.Int("FailuresBeforeCritical"),
            FailuresBeforeWarning = json.Has("FailuresBeforeWarning") ? json.Int("FailuresBeforeWarning") : json.Int("FailuresBeforeCritical"),
            DeregisterCriticalServiceAfter = Reap(json.Duration("DeregisterCriticalServiceAfter", TimeSpan.Zero)),
            OutputMaxSize = json.Int("OutputMaxSize", 4096) is var size and > 0 ? Math.Min(size, 4096) : 4096,
        };
        Check(definition, json.Faults);
        return definition;
    }

    private static (CheckKind, string) Way(JsonIn json)
    {
        var ways = new List<(CheckKind, string)>();
        if (json.Text("HTTP") is { Length: > 0 } http) ways.Add((CheckKind.Http, http));
        if (json.Text("TCP") is { Length: > 0 } tcp) ways.Add((CheckKind.Tcp, tcp));
        if (json.Text("GRPC") is { Length: > 0 } grpc) ways.Add((CheckKind.Grpc, grpc));
        if (json.Text("H2Ping") is { Length: > 0 } ping) ways.Add((CheckKind.H2Ping, ping));
        if (json.Has("AliasService") || json.Has("AliasNode")) ways.Add((CheckKind.Alias, json.Text("AliasService")));
        if (json.Has("TTL")) ways.Add((CheckKind.Ttl, ""));
        if (ways.Count == 1) return ways[0];
        json.Faults.Add(ways.Count == 0
            ? "Check TTL must be > 0, or the check must say HTTP, TCP, GRPC, H2PING or AliasService"
            : $"A check goes one way only, not {string.Join(" and ", ways.Select(way => way.Item1))}");
        return (CheckKind.Ttl, "");
    }

    private static void Check(CheckDefinition definition, List<string> faults)
    {
        if (definition.Kind == CheckKind.Ttl)
        {
            if (definition.Ttl <= TimeSpan.Zero && faults.Count == 0) faults.Add("Check TTL must be > 0");
        }
        else if (definition.Kind != CheckKind.Alias)
        {
            if (definition.Interval < IntervalMin) faults.Add("Interval must be at least 1s for this kind of check");
            if (definition.Timeout <= TimeSpan.Zero || definition.Timeout > TimeSpan.FromHours(1)) faults.Add("Timeout must be from 1ns to 1h");
        }
        if (definition.Kind == CheckKind.Http
            && !(Uri.TryCreate(definition.Target, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)))
            faults.Add($"HTTP must be an http or https URL, not \"{definition.Target}\"");
        if (definition.Method.Any(static letter => !char.IsAsciiLetter(letter))) faults.Add($"Method must be an HTTP method, not \"{definition.Method}\"");
        if (definition.Kind is CheckKind.Tcp or CheckKind.Grpc or CheckKind.H2Ping && !HostPort.TryParse(definition.Target, out _))
            faults.Add($"{definition.Kind} must be host:port, not \"{definition.Target}\"");
        // An interval of years is no use and would overflow timers.
        if (definition.Interval > TimeSpan.FromDays(30) || definition.Ttl > TimeSpan.FromDays(3650) || definition.DeregisterCriticalServiceAfter > TimeSpan.FromDays(3650))
            faults.Add("Interval is 30 days at most, TTL and DeregisterCriticalServiceAfter ten years");
        if (definition.SuccessBeforePassing < 0 || definition.FailuresBeforeCritical < 0 || definition.FailuresBeforeWarning < 0)
            faults.Add("SuccessBeforePassing, FailuresBeforeWarning and FailuresBeforeCritical cannot be negative");
        if (definition.FailuresBeforeWarning > definition.FailuresBeforeCritical) faults.Add("FailuresBeforeWarning can't be higher than FailuresBeforeCritical");
    }

    /// <summary>Consul raises what is below a minute to a minute: sooner, a restart would look like an end.</summary>
    private static TimeSpan Reap(TimeSpan asked) => asked > TimeSpan.Zero && asked < ReapMin ? ReapMin : asked;

    private static (bool, ImmutableArray<string>) ReadValues(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? (true, [.. element.EnumerateArray().Select(item => item.GetString()!)])
            : (false, []);
}
