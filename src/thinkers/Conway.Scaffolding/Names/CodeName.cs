using System.Text;
using Conway.Model;

namespace Conway.Scaffolding;

/// <summary>How a name of the model is written in code, and which names cannot be.</summary>
public static class CodeName
{
    /// <summary>What generated code says without its namespace. A namespace of that name, closer by, would hide it.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "Action", "AppContext", "Array", "Assert", "Attribute", "Boolean", "Buffer", "CancellationToken", "Char", "ClassData", "Console", "Contract", "Conway", "Convert", "Created", "Date",
        "DateOnly", "DateTime", "Decimal", "Delegate", "Dictionary", "Double", "Endpoint", "EndpointDataSource", "Enum", "Environment", "Event", "Exception", "Fact", "FieldErrors", "File",
        "Func", "Guid", "Host", "HttpClient", "HttpContent", "HttpMethod", "HttpMethodMetadata", "HttpStatusCode", "Index", "InlineData", "Int", "Int32", "Int64", "InternalsVisibleTo",
        "JsonNode", "JsonSerializable", "JsonSerializer", "JsonSerializerContext", "Kept", "List", "Lock", "Math", "Microsoft", "NoContent", "NotFound", "Nullable", "Object", "Ok", "Path",
        "Program", "Problem", "ProblemHttpResult", "Random", "Range", "Record", "Request", "Response", "Result", "Results", "RouteEndpoint", "Service", "ServiceTests", "SortedDictionary",
        "Span", "StatusCodes", "Stream", "String", "StringComparer", "StringComparison", "System", "Task", "Test", "TestContext", "Tests", "Theory", "Thread", "TimeProvider", "TimeSpan",
        "Timer", "Tuple", "Type", "TypedResults", "Uri", "ValidationProblem", "Value", "Version", "Void", "WebApplication", "WebApplicationBuilder", "WebApplicationFactory", "Xunit", "CultureInfo",
        "DateTimeOffset", "Google", "HttpContext", "HttpRequestMessage", "IReadOnlyList", "JsonContent", "JsonElement", "JsonException", "JsonTypeInfo", "KeyValuePair", "Protos", "QueryString",
    };

    /// <summary>Whether a type or namespace of this name would hide one that the code needs.</summary>
    internal static bool IsTaken(string name) => Taken.Contains(name);

    /// <summary><c>order-lines</c> becomes <c>OrderLines</c>.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The name of one of many, in code: <c>order-lines</c> becomes <c>OrderLine</c>, <c>stock</c> becomes <c>StockItem</c>.</summary>
    public static string One(string name)
    {
        var all = Pascal(name);
        var one = all.EndsWith("ies", StringComparison.Ordinal) && all.Length > 4 ? all[..^3] + "y"
            : new[] { "sses", "xes", "ches", "shes", "zzes" }.Any(end => all.EndsWith(end, StringComparison.Ordinal)) ? all[..^2]
            : all.EndsWith('s') && !new[] { "ss", "us", "is" }.Any(end => all.EndsWith(end, StringComparison.Ordinal)) && all.Length > 2 ? all[..^1]
            : all;
        return one == all || Taken.Contains(one) ? one + "Item" : one;
    }

    /// <summary>Why a name cannot be given to something that becomes code, as a sentence with what to write instead; null when it can.</summary>
    /// <param name="what">What is named, with its article: <c>a service</c>.</param>
    public static string? Problem(string what, string name)
    {
        if (Plain(what, name) is { } problem)
        {
            return problem;
        }

        var pascal = Pascal(name);
        return Taken.Contains(pascal)
            ? $"'{name}' cannot be the name of {what}: in code it would be the namespace {pascal}, which hides a name that the code needs. Write a longer one, such as '{name}-desk'."
            : null;
    }

    /// <summary>The same for what is only a key of the model.</summary>
    public static string? Plain(string what, string name)
    {
        if (Names.IsName(name))
        {
            return null;
        }

        var meant = Proposal(name);
        var rule = name.Length > 63 ? "at most 63 characters" : "small letters, digits and '-', beginning with a letter";
        return $"'{Shown(name)}' cannot be the name of {what}: {rule}. {(meant.Length > 0 && meant != name ? $"Write '{meant}'." : "Write one like 'order-lines'.")}";
    }

    /// <summary>A name as near to what was written as the rules allow; empty when nothing is left of it.</summary>
    internal static string Proposal(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterUpper(c) && name.Length > 0 && (char.IsAsciiLetterLower(name[^1]) || char.IsAsciiDigit(name[^1])))
            {
                name.Append('-');
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(char.ToLowerInvariant(c));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var trimmed = name.ToString().TrimStart('-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (trimmed.Length > 63 ? trimmed[..63] : trimmed).TrimEnd('-');
    }

    private static string Shown(string name) => string.Concat((name.Length > 80 ? name[..80] + "…" : name).Select(c => char.IsControl(c) ? ' ' : c));
}
