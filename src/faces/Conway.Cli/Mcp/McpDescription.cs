using System.Globalization;
using Conway.Model;

namespace Conway.Cli;

/// <summary>A system in sentences: what an assistant reads first.</summary>
internal static class McpDescription
{
    public static Task<ExitCode> WriteAsync(string? path, string? environment, Terminal terminal)
    {
        if (ModelLocation.Find(path, terminal.CurrentFolder, out var problem) is not { } location)
        {
            return Task.FromResult(terminal.Refuse(ExitCode.Usage, problem));
        }

        var loaded = LoadedModel.Load(location, environment, terminal);
        ModelVerb.NoteErrors(loaded, terminal);
        Write(loaded.Model, terminal.Output);
        return Task.FromResult(loaded.Read.HasErrors ? ExitCode.ModelInvalid : ExitCode.Ok);
    }

    private static void Write(SystemModel model, TextWriter output)
    {
        output.WriteLine($"system {model.System}{Said(model.Description)}");
        output.WriteLine($"{CutText.Count(model.Services.Count, "service")}, {CutText.Count(model.Contexts.Count, "context")}, {CutText.Count(model.Teams.Count, "team")}, {CutText.Count(model.Journeys.Count, "journey")}, {CutText.Count(model.Sagas.Count, "saga")}, {CutText.Count(model.Jobs.Count, "job")}");
        Section("contexts", model.Contexts.Select(one => $"{one.Key}: {one.Value.Kind?.ToString().ToLowerInvariant() ?? "unclassified"}, team {one.Value.Team ?? "none"}{List(", upstream ", one.Value.Upstream.Select(up => $"{up.Context} ({up.As})"))}{Said(one.Value.Description)}"));
        Section("routes", model.Gateway.Routes.Select(route => $"{(route.Methods.Count > 0 ? string.Join(',', route.Methods) + " " : "")}{route.Host}{route.Path} -> {route.To}"));
        output.WriteLine("\nservices");
        foreach (var (name, service) in model.Services)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: context {service.Context ?? "none"}, team {model.TeamOf(service) ?? "none"}, {(service.Project is { } project ? $"project {project}" : $"command {service.Command}")}, {service.Replicas} replicas{Said(service.Description)}"));
            Line("calls", service.Calls.Select(call => $"{call.Key} ({(call.Value.Protocol == CallProtocol.Grpc ? "gRPC" : "HTTP")}, {(call.Value.Timeout is { } timeout ? $"timeout {UnitText.Format(timeout)}" : "no timeout")}, {call.Value.Retries} retries{(call.Value.Required ? ", required" : "")})"));
            Line("called by", model.Services.Where(other => other.Value.Calls.ContainsKey(name)).Select(other => other.Key));
            Line("owns", service.Owns.Select(store => $"{store.Key}{List(": ", store.Value.Tables)}"));
            Line("publishes", service.Publishes.Keys);
            Line("consumes", service.Consumes);
            Line("promises", service.Slo?.Availability is { } availability ? [$"availability {availability}"] : []);
        }

        Section("journeys", model.Journeys.Select(one => $"{one.Key}: {CutText.Count(one.Value.Steps.Count, "step")}{Said(one.Value.Description)}"));
        Section("sagas", model.Sagas.Select(one => $"{one.Key}, driven by {one.Value.Owner}: {string.Join(" -> ", one.Value.Steps.Select(step => step.Undo is null ? step.Call : $"{step.Call} (undone by {step.Undo})"))}"));
        Section("jobs", model.Jobs.Select(one => $"{one.Key} of {one.Value.Service}: {one.Value.Schedule} {one.Value.Zone}"));

        void Section(string name, IEnumerable<string> lines)
        {
            foreach (var (index, line) in lines.Index())
            {
                output.WriteLine(index == 0 ? $"\n{name}\n  {line}" : $"  {line}");
            }
        }

        void Line(string name, IEnumerable<string> values)
        {
            if (List("", values) is { Length: > 0 } all)
            {
                output.WriteLine($"    {name} {all}");
            }
        }
    }

    private static string Said(string? text) => string.IsNullOrWhiteSpace(text) ? "" : $". {SafeText.OneLine(text)}";

    private static string List(string lead, IEnumerable<string> all) => string.Join(", ", all) is { Length: > 0 } text ? lead + text : "";
}
