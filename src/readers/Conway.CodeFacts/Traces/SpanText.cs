namespace Conway.CodeFacts.Traces;

/// <summary>What of a span tells which code ran: one value that is filled anew for each span.</summary>
internal sealed class SpanText
{
    private readonly string?[] _values = new string?[Enum.GetValues<SpanAttribute>().Length];

    public ulong Trace { get; set; }

    public ulong Id { get; set; }

    /// <summary>0 for a span that nobody caused.</summary>
    public ulong Parent { get; set; }

    public SpanKind Kind { get; set; }

    public string Name { get; set; } = "";

    public ulong StartNs { get; set; }

    public ulong EndNs { get; set; }

    public double DurationMs => EndNs > StartNs ? (EndNs - StartNs) / 1e6 : 0;

    public string? this[SpanAttribute attribute]
    {
        get => _values[(int)attribute];
        set => _values[(int)attribute] = string.IsNullOrEmpty(value) ? null : value;
    }

    public string? First(SpanAttribute one, SpanAttribute other) => this[one] ?? this[other];

    public void Clear()
    {
        (Trace, Id, Parent, Kind, Name, StartNs, EndNs) = (0, 0, 0, SpanKind.Unspecified, "", 0, 0);
        Array.Clear(_values);
    }
}

/// <summary>As OTLP numbers them.</summary>
internal enum SpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}

/// <summary>Attributes that tell which code ran, whatever they were called over the years.</summary>
internal enum SpanAttribute
{
    HttpMethod,
    HttpRoute,
    HttpPath,
    HttpUrl,
    RpcService,
    RpcMethod,
    Destination,
    MessageType,
    ConsumerType,
    Function,
    Namespace,
    DbText,
    DbOperation,
    DbCollection,

    /// <summary>Of the resource.</summary>
    ServiceName,
}

/// <summary>Names of attributes in the semantic conventions of OpenTelemetry, the stable ones and those before.</summary>
internal static class SpanAttributes
{
    public static Dictionary<string, SpanAttribute>.AlternateLookup<ReadOnlySpan<char>> ByName { get; } = new Dictionary<string, SpanAttribute>(StringComparer.Ordinal)
    {
        ["http.request.method"] = SpanAttribute.HttpMethod,
        ["http.method"] = SpanAttribute.HttpMethod,
        ["http.route"] = SpanAttribute.HttpRoute,
        ["url.path"] = SpanAttribute.HttpPath,
        ["http.target"] = SpanAttribute.HttpPath,
        ["url.full"] = SpanAttribute.HttpUrl,
        ["http.url"] = SpanAttribute.HttpUrl,
        ["rpc.service"] = SpanAttribute.RpcService,
        ["rpc.method"] = SpanAttribute.RpcMethod,
        ["messaging.destination.name"] = SpanAttribute.Destination,
        ["messaging.destination"] = SpanAttribute.Destination,
        ["messaging.message_type"] = SpanAttribute.MessageType,
        ["messaging.message.type"] = SpanAttribute.MessageType,
        ["messaging.masstransit.message_types"] = SpanAttribute.MessageType,
        ["messaging.masstransit.consumer_type"] = SpanAttribute.ConsumerType,
        ["code.function.name"] = SpanAttribute.Function,
        ["code.function"] = SpanAttribute.Function,
        ["code.namespace"] = SpanAttribute.Namespace,
        ["db.query.text"] = SpanAttribute.DbText,
        ["db.statement"] = SpanAttribute.DbText,
        ["db.operation.name"] = SpanAttribute.DbOperation,
        ["db.operation"] = SpanAttribute.DbOperation,
        ["db.collection.name"] = SpanAttribute.DbCollection,
        ["db.sql.table"] = SpanAttribute.DbCollection,
        ["db.mongodb.collection"] = SpanAttribute.DbCollection,
        ["service.name"] = SpanAttribute.ServiceName,
    }.GetAlternateLookup<ReadOnlySpan<char>>();
}
