using System.Globalization;
using Conway.Artifacts.Plans;
using Conway.Model;

namespace Conway.Artifacts.Meshes;

/// <summary>What a run says of calls, in the words that proxies of meshes take.</summary>
internal static class MeshCalls
{
    /// <summary>A connection is given up after this.</summary>
    public const string ConnectTimeout = "1s";

    /// <summary>That many more replicas are asked when a connection is refused.</summary>
    public const int Elsewhere = 2;

    private static readonly TimeSpan Unbounded = TimeSpan.FromSeconds(30);

    /// <summary>When nothing was sent yet, so that anything may be tried again.</summary>
    public static IReadOnlyList<string> Refused { get; } = ["connect-failure", "refused-stream"];

    /// <summary>When what may be repeated is tried again.</summary>
    public static IReadOnlyList<string> Failed { get; } = ["connect-failure", "refused-stream", "reset", "gateway-error", "unavailable"];

    /// <summary>Methods that are idempotent by RFC 9110, section 9.2.2.</summary>
    public static IReadOnlyList<string> Repeatable { get; } = ["DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"];

    /// <summary>Declared calls to services that exist, by name, each with its place in the model.</summary>
    public static IEnumerable<(ServicePlan Callee, Call Call, string Path)> Of(SystemPlan system, ServicePlan caller) =>
        caller.Service.Calls.Where(call => system.Model.Services.ContainsKey(call.Key)).OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => (system[call.Key], call.Value, $"{caller.Path}.calls.{call.Key}"));

    /// <summary>How long one attempt may take.</summary>
    /// <param name="written">As its own limit.</param>
    /// <param name="budget">What is left to whoever makes it.</param>
    public static TimeSpan AttemptOf(TimeSpan? written, TimeSpan? budget) => written ?? budget ?? Unbounded;

    /// <summary>In whole seconds or milliseconds, never less than it is.</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalMilliseconds % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalSeconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(time.TotalMilliseconds)}ms");
}
