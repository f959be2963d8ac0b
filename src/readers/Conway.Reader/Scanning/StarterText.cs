using System.Text;
using Conway.Reader.Editing;
using Conway.Reader.Yaml;

namespace Conway.Reader.Scanning;

/// <summary>Writes the first model of a system.</summary>
internal static class StarterText
{
    public static string Write(ScanResult scan)
    {
        var text = new StringBuilder()
            .Append("# yaml-language-server: $schema=.conway/schema.json\n")
            .Append("# The model of this system. 'conway run' starts it, 'conway check' looks for trouble, 'conway explain services' tells what can be written.\n")
            .Append("conway: 1\n")
            .Append("system: ").Append(scan.System).Append("\n\n");
        if (scan.Services.Count == 0)
        {
            text.Append("# Nothing that can be started was found here. A service is a .NET project or a command:\n")
                .Append("# services:\n#   orders:\n#     project: src/Orders\n#   shipping:\n#     directory: src/shipping\n#     command: node server.js\n");
            return text.ToString();
        }

        text.Append("services:\n");
        foreach (var service in scan.Services)
        {
            Service(text, service);
        }

        Gateway(text, [.. scan.Services.Where(s => s.Kind is ScannedKind.DotNetWeb or ScannedKind.Node)]);
        return text.ToString();
    }

    private static void Service(StringBuilder text, ScannedService service)
    {
        text.Append("  ").Append(service.Name).Append(":\n");
        if (service.Kind == ScannedKind.Node)
        {
            text.Append(service.Path.Length == 0 ? "" : $"    directory: {Quoted(service.Path)}\n");
            text.Append(service.Build is null ? "" : $"    build: {Quoted(service.Build)}\n");
            text.Append("    command: ").Append(Quoted(service.Command!)).Append('\n');
        }
        else
        {
            text.Append("    project: ").Append(Quoted(service.Path)).Append(service.Kind == ScannedKind.DotNetProgram ? "   # a program; remove it if it is a tool" : "").Append('\n');
        }

        if (service.Calls.Count > 0)
        {
            text.Append("    calls:\n");
            foreach (var (callee, from) in service.Calls)
            {
                text.Append("      ").Append(callee).Append(": { timeout: 1s }   # its address stands in ").Append(from.Replace('\n', ' ')).Append('\n');
            }
        }
    }

    private static void Gateway(StringBuilder text, IReadOnlyList<ScannedService> reachable)
    {
        if (reachable.Count == 0)
        {
            return;
        }

        text.Append("\n# What can be reached from outside, and who answers.\ngateway:\n  routes:\n");
        foreach (var service in reachable)
        {
            text.Append(reachable.Count == 1 ? $"    - {{ path: /**, to: {service.Name} }}\n" : $"    - {{ path: /{service.Name}/**, to: {service.Name}, rewrite: / }}\n");
        }
    }

    private static string Quoted(string text) => FlowText.Of(new ScalarNode(new SourceText("", ""), 0, 0, text, false));
}
