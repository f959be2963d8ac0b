namespace Conway.Cli;

/// <summary>What stands between services on one machine.</summary>
internal static class NetworkFacts
{
    private static readonly string[] ProxyNames = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>A proxy variable makes many HTTP clients send even loopback traffic to the proxy, which then answers 502.</summary>
    public static DoctorFact Proxy(DoctorSubject subject)
    {
        var variable = subject.Terminal.Variable;
        var set = ProxyNames.FirstOrDefault(n => !string.IsNullOrEmpty(variable(n)));
        if (set is null)
        {
            return DoctorFact.Good("proxy", "none for plain HTTP");
        }

        var except = (variable("NO_PROXY") ?? variable("no_proxy") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return except.Contains("*") || (except.Contains("localhost") && except.Contains("127.0.0.1"))
            ? DoctorFact.Good("proxy", $"{set} is set, loopback is excepted")
            : new DoctorFact("proxy", DoctorState.Odd, $"{set} is set, and loopback is not excepted", "Set NO_PROXY=localhost,127.0.0.1, or calls between services may go to the proxy.");
    }
}
