using Conway.CodeFacts.Sql;
using Conway.CodeFacts.Stores;

namespace Conway.CodeFacts.Traces;

/// <summary>Finds what of a codebase a span is of: a use case, tables, or a type.</summary>
internal sealed class SpanMatcher
{
    /// <summary>Answers that are kept: more different texts than this are looked at anew each time.</summary>
    private const int KeptMax = 20_000;

    /// <summary>Longer texts are looked at anew, so that what is kept stays small.</summary>
    private const int KeptTextMax = 2048;

    private readonly Codebase _code;
    private readonly RouteTree _routes = new();
    private readonly Dictionary<(string, string), int[]> _kept = [];
    private readonly Dictionary<(string, string), SeenWork> _keptWork = [];
    private readonly ILookup<string, int> _byCall;
    private readonly ILookup<string, int> _byMessage;
    private readonly ILookup<string, int> _byHandler;
    private readonly Dictionary<int, int> _byMember;
    private readonly ILookup<string, int> _typesByName;
    private readonly ILookup<string, int> _typesByFullName;
    private readonly ILookup<string, int> _tables;

    public SpanMatcher(Codebase code)
    {
        _code = code;
        var entries = code.UseCases.Select(u => (Entry: code.EntryPoints[u.EntryPoint], u.Id)).ToArray();
        foreach (var (entry, id) in entries)
        {
            if (entry is { Route: { } route, Kind: EntryPointKind.Controller or EntryPointKind.MinimalApi or EntryPointKind.Page or EntryPointKind.Grpc })
            {
                _routes.Add(route, entry.Kind == EntryPointKind.Grpc ? "POST" : entry.Method ?? "*", id);
            }
        }

        _byCall = entries.Where(e => e.Entry is { Kind: EntryPointKind.Grpc or EntryPointKind.Hub or EntryPointKind.Soap, Method: not null })
            .SelectMany(e => Owners(e.Entry).Select(owner => (Key: $"{owner}/{e.Entry.Method}", e.Id))).Distinct().ToLookup(e => e.Key, e => e.Id);
        var consumers = entries.Where(e => e.Entry.Kind == EntryPointKind.Consumer).ToArray();
        _byMessage = consumers.SelectMany(e => Topics(e.Entry).Select(topic => (Key: Plain(topic), e.Id))).Distinct().ToLookup(e => e.Key, e => e.Id);
        _byHandler = consumers.Select(e => (Key: Plain(code.Types[e.Entry.Type].Name), e.Id)).ToLookup(e => e.Key, e => e.Id);
        _byMember = entries.Where(e => e.Entry.Member != Codebase.None).GroupBy(e => e.Entry.Member).ToDictionary(g => g.Key, g => g.First().Id);
        _typesByName = code.Types.ToLookup(t => t.Name, t => t.Id, StringComparer.Ordinal);
        _typesByFullName = code.Types.ToLookup(t => t.FullName.Split('`')[0], t => t.Id, StringComparer.Ordinal);
        _tables = code.Tables.ToLookup(t => TableNames.Key(t.Name), t => t.Id, StringComparer.Ordinal);
    }

    /// <summary>Whether work came in with the span: a server's, a consumer's, or one that nobody caused and that calls nobody.</summary>
    public static bool IsRequest(SpanText span) => span.Kind switch
    {
        SpanKind.Server or SpanKind.Consumer => true,
        SpanKind.Client or SpanKind.Producer => false,
        _ => span.Parent == 0,
    };

    /// <summary>Use cases that a request is of; several when a message has several consumers and the span does not say which. Empty when it is of none.</summary>
    public int[] UseCasesOf(SpanText span)
    {
        var key = span[SpanAttribute.HttpMethod] is { } method ? (method, Route(span) ?? Path(span) ?? span.Name)
            : (span.Name, $"{span[SpanAttribute.RpcService]} {span[SpanAttribute.RpcMethod]} {span[SpanAttribute.ConsumerType]} {span[SpanAttribute.MessageType]} {span[SpanAttribute.Destination]} {span[SpanAttribute.Namespace]} {span[SpanAttribute.Function]}");
        if (_kept.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = Find(span);
        if (_kept.Count < KeptMax && key.Item1.Length + key.Item2.Length <= KeptTextMax)
        {
            _kept.Add(key, found);
        }

        return found;
    }

    /// <summary>What a span below a request does to tables, or which type it is of.</summary>
    public SeenWork WorkOf(SpanText span)
    {
        var text = span[SpanAttribute.DbText];
        var key = text is not null ? (text, "")
            : span[SpanAttribute.DbCollection] is { } collection ? (collection, span[SpanAttribute.DbOperation] ?? "")
            : (span[SpanAttribute.Namespace] ?? "", span[SpanAttribute.Function] ?? "");
        if (key == ("", ""))
        {
            return SeenWork.None;
        }

        if (_keptWork.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = text is not null || span[SpanAttribute.DbCollection] is not null ? Data(span) : new SeenWork([], TypeOf(span, out _));
        if (_keptWork.Count < KeptMax && key.Item1.Length + key.Item2.Length <= KeptTextMax)
        {
            _keptWork.Add(key, found);
        }

        return found;
    }

    /// <summary>What people call a request: <c>GET /health</c>. Numbers and ids in a path that no route tells of become <c>{}</c>.</summary>
    public static string NameOf(SpanText span)
    {
        if (span[SpanAttribute.HttpMethod] is { } method)
        {
            return $"{method} {Route(span) ?? (Path(span) is { } path ? Folded(path) : span.Name)}";
        }

        return span[SpanAttribute.Destination] is { } destination ? $"{destination} ({span.Name})" : span.Name.Length > 0 ? span.Name : "a span without a name";
    }

    private int[] Find(SpanText span)
    {
        if (span[SpanAttribute.HttpMethod] is { } method && Http(span, method.ToUpperInvariant()) is { Length: > 0 } byRoute)
        {
            return byRoute;
        }

        if (Rpc(span) is { Length: > 0 } byCall)
        {
            return byCall;
        }

        if (Message(span) is { Length: > 0 } byMessage)
        {
            return byMessage;
        }

        if (TypeOf(span, out var member) != Codebase.None && member != Codebase.None && _byMember.TryGetValue(member, out var useCase))
        {
            return [useCase];
        }

        // Without attributes: the name of a span is 'GET /orders/{id}' by convention.
        if (span[SpanAttribute.HttpMethod] is null && span.Name.Split(' ', 2) is [var verb, ['/', ..] route] && verb.All(char.IsAsciiLetterUpper))
        {
            return _routes.AtTemplate(route, verb) is { Length: > 0 } named ? named : _routes.AtPath(route, verb);
        }

        return ByName(span.Name);
    }

    private int[] Http(SpanText span, string method)
    {
        if (Route(span) is { } route && _routes.AtTemplate(route, method) is { Length: > 0 } exact)
        {
            return exact;
        }

        return Path(span) is { } path ? _routes.AtPath(path, method) : [];
    }

    /// <summary>The route of the span; null when it is a convention for all, which tells nothing of this one.</summary>
    private static string? Route(SpanText span) =>
        span[SpanAttribute.HttpRoute] is { } route && !route.Contains("{controller", StringComparison.OrdinalIgnoreCase) && !route.Contains("{action", StringComparison.OrdinalIgnoreCase)
            && !route.Contains("{page=", StringComparison.OrdinalIgnoreCase) && !route.Contains("{page}", StringComparison.OrdinalIgnoreCase)
            ? "/" + route.TrimStart('/', '~') : null;

    private static string? Path(SpanText span)
    {
        var path = span[SpanAttribute.HttpPath] ?? (Uri.TryCreate(span[SpanAttribute.HttpUrl], UriKind.Absolute, out var url) ? url.AbsolutePath : null);
        return path?.Split('?', '#')[0];
    }

    private int[] Rpc(SpanText span)
    {
        var (service, method) = (span[SpanAttribute.RpcService], span[SpanAttribute.RpcMethod]);
        if (service is null && method is not null && method.LastIndexOf('/') is > 0 and var slash)
        {
            (service, method) = (method[..slash].TrimStart('/'), method[(slash + 1)..]);
        }

        return service is null || method is null ? [] : [.. _byCall[$"{LastName(service)}/{method}"]];
    }

    private int[] Message(SpanText span)
    {
        if (span[SpanAttribute.ConsumerType] is { } consumer && _byHandler[Plain(LastName(consumer))].ToArray() is { Length: > 0 } byHandler)
        {
            // A consumer of several messages: the one that came.
            var byBoth = span[SpanAttribute.MessageType] is { } type ? byHandler.Intersect(_byMessage[Plain(LastName(type))]).ToArray() : [];
            return byBoth.Length > 0 ? byBoth : byHandler;
        }

        if (span[SpanAttribute.MessageType] is { } message && _byMessage[Plain(LastName(message))].ToArray() is { Length: > 0 } byMessage)
        {
            return byMessage;
        }

        if (span[SpanAttribute.Destination] is not { } destination)
        {
            return [];
        }

        // The whole name, then the last part of it; then as buses name the queue of a consumer: 'invoice' for InvoiceConsumer.
        foreach (var name in (string[])[Plain(destination), Plain(LastName(destination))])
        {
            int[] found = _byMessage.Contains(name) ? [.. _byMessage[name]] : _byHandler.Contains(name) ? [.. _byHandler[name]]
                : _byHandler.Contains(name + "consumer") ? [.. _byHandler[name + "consumer"]] : [.. _byHandler[name + "handler"]];
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>By a type that a job's span names: <c>JOB NightlyRun.Run</c>.</summary>
    private int[] ByName(string name)
    {
        var words = name.Split([' ', '.', '/', ':', '(', ')', '#', '+', ','], StringSplitOptions.RemoveEmptyEntries);
        var found = _code.UseCases.Where(u => _code.EntryPoints[u.EntryPoint] is { Kind: EntryPointKind.Job or EntryPointKind.Hosted } e && words.Contains(_code.Types[e.Type].Name, StringComparer.Ordinal)).ToArray();
        var exact = found.Where(u => _code.EntryPoints[u.EntryPoint].Member is not Codebase.None and var m && words.Contains(_code.Members[m].Name, StringComparer.Ordinal)).ToArray();
        return exact.Length == 1 ? [exact[0].Id] : found.Length == 1 ? [found[0].Id] : [];
    }

    private int TypeOf(SpanText span, out int member)
    {
        member = Codebase.None;
        if (span[SpanAttribute.Function] is not { } function)
        {
            return Codebase.None;
        }

        // New spans say 'Shop.Orders.OrderService.Place' in one; some put the number of type parameters behind the type.
        var (type, method) = span[SpanAttribute.Namespace] is { } name ? (name, LastName(function))
            : function.LastIndexOf('.') is > 0 and var dot ? (function[..dot], function[(dot + 1)..])
            : ("", function);
        var full = type.Replace('+', '.').Split('`')[0];
        var id = _typesByFullName[full].DefaultIfEmpty(Codebase.None).First();
        if (id == Codebase.None && _typesByName[LastName(full)].Take(2).ToArray() is [var only])
        {
            id = only;
        }

        if (id != Codebase.None)
        {
            foreach (var candidate in _code.MembersOf(_code.Types[id]))
            {
                if (candidate.Name == method && (member == Codebase.None || (_byMember.ContainsKey(candidate.Id) && !_byMember.ContainsKey(member))))
                {
                    member = candidate.Id;
                }
            }
        }

        return id;
    }

    private SeenWork Data(SpanText span)
    {
        var found = new List<(int Table, AccessMode Mode)>();
        foreach (var statement in span[SpanAttribute.DbText] is { } text ? SqlReader.Read(text) : [])
        {
            found.AddRange(statement.Reads.Select(t => (Table(t.Name, t.Schema), AccessMode.Read)));
            found.AddRange(statement.Writes.Select(t => (Table(t.Name, t.Schema), AccessMode.Write)));
        }

        if (found.Count == 0 && span[SpanAttribute.DbCollection] is { } collection)
        {
            var dot = collection.LastIndexOf('.');
            var table = Table(dot < 0 ? collection : collection[(dot + 1)..], dot < 0 ? null : collection[..dot]);
            found.Add((table, Writes(span[SpanAttribute.DbOperation]) ? AccessMode.Write : AccessMode.Read));
        }

        return new SeenWork([.. found.Where(f => f.Table != Codebase.None).Distinct()], Codebase.None);
    }

    private int Table(string name, string? schema)
    {
        var named = _tables[TableNames.Key(name.Trim('"', '`', '[', ']'))].ToArray();
        return named.Length == 1 ? named[0]
            : named.Where(t => string.Equals(_code.Tables[t].Schema ?? "", schema ?? "", StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty(Codebase.None).First();
    }

    private static bool Writes(string? operation) =>
        operation is not null && (string[])["insert", "update", "delete", "merge", "replace", "upsert", "findandmodify", "bulkwrite", "truncate", "create", "put", "set"] is var writing
        && writing.Any(w => operation.StartsWith(w, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Owners(EntryPoint entry) =>
        entry is { Kind: EntryPointKind.Grpc, Route: { } route } ? [LastName(route.Trim('/').Split('/')[0])] : [_code.Types[entry.Type].Name];

    /// <summary>The type of the message; of a consumer of a topic its name, which stands before the arrow.</summary>
    private IEnumerable<string> Topics(EntryPoint entry) =>
        entry.Message != Codebase.None ? [_code.Types[entry.Message].Name] : entry.Name.Split(" → ") is [var topic, _] ? [topic] : [];

    private static string LastName(string name)
    {
        var last = name.LastIndexOfAny(['.', ':', '+', '/']);
        return last < 0 ? name : name[(last + 1)..];
    }

    /// <summary>Without case and signs: <c>order-placed</c> is <c>OrderPlaced</c>.</summary>
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Folded(string path) => string.Join('/', path.Split('/').Select(s => s.Any(char.IsAsciiDigit) ? "{}" : s.Length > 40 ? s[..40] + "…" : s));
}

/// <summary>What a span below a request does.</summary>
/// <param name="Accesses">Tables it touches.</param>
/// <param name="Type">Id of the type whose code it is; <see cref="Codebase.None"/> when it does not say.</param>
internal sealed record SeenWork((int Table, AccessMode Mode)[] Accesses, int Type)
{
    public static SeenWork None { get; } = new([], Codebase.None);
}
