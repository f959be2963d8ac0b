using System.Globalization;
using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.Model;

namespace Conway.Artifacts.Plans;

/// <summary>The variables of the environment contract (docs/reference/environment.md), as a container finds them.</summary>
internal static partial class VariablePlan
{
    private static readonly HashSet<string> Reserved = ["HOST", "PORT", "ASPNETCORE_URLS", "CONWAY_RUN", "CONWAY_INSTANCE"];

    public static IReadOnlyList<Variable> Of(SystemModel model, string name, Service service, List<Finding> findings)
    {
        var path = $"services.{name}";
        var variables = new SortedDictionary<string, Variable>(StringComparer.Ordinal);
        void Set(string variable, string value, string part) => variables[variable] = new Variable(variable, value, null, "", new Origin(part, ArtifactRules.Contract));

        Set("OTEL_SERVICE_NAME", name, path);
        if (service.Api.Budget is { } budget)
        {
            Set("CONWAY_REQUEST_BUDGET_MS", Milliseconds(budget), $"{path}.api.budget");
        }

        foreach (var (callee, call) in service.Calls.Where(call => model.Services.ContainsKey(call.Key)))
        {
            var variable = Names.ToVariable(callee);
            Set($"{variable}_URL", string.Create(CultureInfo.InvariantCulture, $"http://{ObjectNames.Label(callee, ServicePlan.LabelMax)}:{SystemPlan.Port}"), $"{path}.calls.{callee}");
            if ((call.Budget ?? (call.Timeout ?? service.Api.Budget) * (call.Retries + 1)) is { } all)
            {
                Set($"{variable}_TIMEOUT_MS", Milliseconds(all), $"{path}.calls.{callee}");
            }
        }

        foreach (var external in ExternalPlan.UsedBy(model, service))
        {
            variables[$"{Names.ToVariable(external.Name)}_URL"] = new Variable($"{Names.ToVariable(external.Name)}_URL", external.Url, null, "", new Origin($"{external.Path}.address", ArtifactRules.ExternalSystem));
        }

        foreach (var (store, value) in service.Owns)
        {
            SetStore(model, path, store, value, Set, variables);
        }

        foreach (var (variable, value) in service.Environment.Where(variable => !Reserved.Contains(variable.Key)))
        {
            variables[variable] = Own(path, variable, value, findings);
        }

        return [.. variables.Values];
    }

    private static void SetStore(SystemModel model, string path, string store, Store value, Action<string, string, string> set, SortedDictionary<string, Variable> variables)
    {
        var variable = Names.ToVariable(store);
        if (SystemPlan.IsFile(model, value))
        {
            var file = $"{ServicePlan.FolderOf(store)}/{store}.db";
            set($"{variable}_CONNECTION", $"Data Source={file}", $"{path}.owns.{store}");
            set($"{variable}_URL", $"file://{file}", $"{path}.owns.{store}");
            return;
        }

        foreach (var (end, what) in new[] { ("_CONNECTION", "connection string"), ("_URL", "URL") })
        {
            variables[variable + end] = new Variable(variable + end, null, variable + end, $"the {what} of {store}", new Origin($"{path}.owns.{store}", ArtifactRules.Contract));
        }
    }

    private static Variable Own(string path, string variable, string value, List<Finding> findings)
    {
        var origin = new Origin($"{path}.environment.{variable}", ArtifactRules.Declared);
        if (Secret().Match(value) is not { Success: true } match)
        {
            return new Variable(variable, value, null, "", origin);
        }

        var secret = match.Groups[1].Value;
        if (match.Length != value.Length)
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.SecretInText,
                Message = $"'{variable}' has the secret '{secret}' in the middle of other text.",
                Mend = "Make the whole text the secret, or give the parts variables of their own.",
                ModelPath = origin.Path,
            });
        }

        return new Variable(variable, null, secret, $"the secret {secret}", origin);
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$\{secret:([^}]*)\}")]
    private static partial Regex Secret();
}
