using Conway.Model;

namespace Conway.Scaffolding.Making;

/// <summary>What clients of all kinds share in a Node.js service.</summary>
internal static class NodeCalls
{
    /// <summary>The words of a call, beside those that are there.</summary>
    public static IReadOnlyDictionary<string, string> Words(IReadOnlyDictionary<string, string> words, string callee) =>
        new Dictionary<string, string>(words) { ["callee"] = callee, ["Callee"] = CodeName.Pascal(callee), ["CALLEE"] = Names.ToVariable(callee) };

    /// <summary>What a call takes along of the request that it is made for.</summary>
    public static NewFile Context(string folder) => new($"{folder}/calls/context.js", Template.Text("node-call/context.js", new Dictionary<string, string>())) { IsShared = true };

    /// <summary>The lines of <c>app.js</c> that make a client.</summary>
    /// <param name="isClosed">Whether it holds something until the service ends.</param>
    public static IEnumerable<FileEdit> Edits(IReadOnlyDictionary<string, string> words, string folder, bool isClosed)
    {
        var (app, callee) = ($"{folder}/app.js", words["Callee"]);
        var variable = $"{char.ToLowerInvariant(callee[0])}{callee[1..]}Client";
        var made = $"const {variable} = create{callee}Client(environment);";
        yield return new LineEdit(app, $"const {{ create{callee}Client }} = require(\"./calls/{words["callee"]}/client\");", ["const { create", "const map"]);
        yield return new LineEdit(app, made, ["dependencies.push(", "const dependencies ="]);
        if (isClosed)
        {
            yield return new LineEdit(app, $"dependencies.push({variable});", [made]);
        }
    }
}
