using Conway.CodeFacts;
using Conway.Model;

namespace Conway.Checks.Sources;

/// <summary>Which service a call in the source goes to, as far as names tell.</summary>
/// <remarks>By the host of an address, else by the name of the class that calls: <c>http://catalog/…</c>, <c>CatalogClient</c>, <c>IPaymentsApi</c>. A name that fits none
/// of the services, or is the caller's own, tells nothing.</remarks>
internal static class CalledService
{
    private static readonly string[] Endings = ["httpserviceclient", "httpservice", "serviceclient", "httpclient", "apiclient", "grpcclient", "serviceproxy", "client", "api", "proxy", "gateway", "adapter", "service"];

    /// <summary>Name of the called service; null when it cannot be told.</summary>
    public static string? Of(SystemModel model, ServiceCode code, string caller, OutboundCall call)
    {
        var target = call.Target ?? "";
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        var named = scheme >= 0 ? Named(model, target[(scheme + 3)..].Split('/', ':', '.')[0])
            : Named(model, target.Split('/')[0]) ?? Named(model, code.Code.Types[code.Code.Members[call.Member].Type].Name);
        return named == caller ? null : named;
    }

    private static string? Named(SystemModel model, string name)
    {
        var bare = Bare(name);
        return bare.Length == 0 ? null : model.Services.Keys.FirstOrDefault(s => Bare(s) == bare);
    }

    // payments-service and IPaymentsApiClient are both payments.
    private static string Bare(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        if (name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]))
        {
            letters = letters[1..];
        }

        var ending = Endings.FirstOrDefault(e => letters.Length > e.Length && letters.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? letters : letters[..^ending.Length];
    }
}
