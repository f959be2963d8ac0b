namespace Conway.Model;

/// <summary>Work that runs at a time, beside a service: exactly one of schedule, at.</summary>
[ExactlyOne(nameof(Schedule), nameof(At))]
public sealed record Job
{
    [Must, Refers("service"), About("The service it belongs to.", Example = "payments")]
    public string Service { get; init; } = "";

    [Matches(@"^\S+(\s+\S+){4}$", "five cron fields: minute, hour, day of month, month, day of week"), About("When it runs, as five cron fields.", Example = "\"0 2 * * *\"")]
    public string? Schedule { get; init; }

    [AnyOf("release"), About("In place of a schedule: once with each release, when it is deployed.", Example = "release")]
    public string? At { get; init; }

    [About("Time zone of the schedule.", Example = "Europe/Paris")]
    public string Zone { get; init; } = "UTC";

    [About("What to do when the last run has not ended.")]
    public JobOverlap Overlap { get; init; } = JobOverlap.Forbid;

    [About("Command that does the work, in the service's directory.", Example = "node settle.js")]
    public string? Command { get; init; }

    /// <summary>When it runs, in words.</summary>
    public string When() => Schedule is null ? "with each release" : $"{Schedule} {Zone}";
}

/// <summary>What to do when the last run of a job has not ended.</summary>
public enum JobOverlap
{
    [About("Skip the new run.")]
    Forbid,

    [About("Run both.")]
    Allow,

    [About("Stop the old one.")]
    Replace,
}

/// <summary>What a user does, step by step, against the gateway.</summary>
public sealed record Journey
{
    [About("What the user wants, in a sentence.")]
    public string? Description { get; init; }

    [About("How often it is started, whatever the answers take (open loop).", Example = "5/s")]
    public Rate Rate { get; init; } = new(1);

    [About("Whether run starts it; it pauses while no console is open.")]
    public bool Traffic { get; init; }

    [Must, About("What is done, in order.")]
    public ValueList<Step> Steps { get; init; } = [];
}

/// <summary>One step of a journey: exactly one of get, post, put, patch, delete, wait.</summary>
[ExactlyOne(nameof(Get), nameof(Post), nameof(Put), nameof(Patch), nameof(Delete), nameof(Wait))]
public sealed record Step
{
    [Matches("^(/|\\$\\{)", "a path that starts with /, or a capture"), About("Fetch this path.", Example = "/api/products")]
    public string? Get { get; init; }

    [Matches("^(/|\\$\\{)", "a path that starts with /, or a capture"), About("Post to this path.", Example = "/api/orders")]
    public string? Post { get; init; }

    [Matches("^(/|\\$\\{)", "a path that starts with /, or a capture"), About("Put to this path.")]
    public string? Put { get; init; }

    [Matches("^(/|\\$\\{)", "a path that starts with /, or a capture"), About("Patch this path.")]
    public string? Patch { get; init; }

    [Matches("^(/|\\$\\{)", "a path that starts with /, or a capture"), About("Delete this path.")]
    public string? Delete { get; init; }

    [About("Do nothing for this long.", Example = "500ms")]
    public TimeSpan? Wait { get; init; }

    [About("Name of the step in reports.", Unset = "method and path")]
    public string? Name { get; init; }

    [About("Request headers.", Example = "{ Idempotency-Key: \"${uuid}\" }")]
    public NameMap<string> Headers { get; init; } = NameMap<string>.Empty;

    [About("Request body, sent as JSON; text in it may hold ${captures}.", Example = "{ product: \"${product}\" }")]
    public JsonText? Body { get; init; }

    [About("What the answer must be: a status, a class, or status and values.", Example = "2xx", Unset = "2xx")]
    public Expectation Expect { get; init; } = new();

    [About("Values to keep from the answer, by RFC 9535 singular query.", Example = "{ id: $.id }")]
    public NameMap<string> Capture { get; init; } = NameMap<string>.Empty;

    [About("Values to draw from the answer at random (from the run's seed), by query with one wildcard.", Example = "{ product: \"$.items[*].id\" }")]
    public NameMap<string> Pick { get; init; } = NameMap<string>.Empty;

    [About("Repeat the step until these values hold.", Example = "{ $.status: shipped }")]
    public NameMap<JsonText> Until { get; init; } = NameMap<JsonText>.Empty;

    [About("How long the step, with its repetitions, may take.", Min = "1ms", Max = "10m", Example = "10s")]
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(30);

    [About("Do the step only when this captured value exists.", Example = "coupon")]
    public string? When { get; init; }

    [About("Share of runs in which the step is done.", Example = "30%")]
    public Percentage Weight { get; init; } = new(100);
}

/// <summary>What an answer must be.</summary>
[ShortForm(nameof(Status))]
public sealed record Expectation
{
    [Matches("^[1-5]([0-9][0-9]|xx)$", "a status such as 202, or a class such as 2xx"), About("A status or a class of them.", Example = "202")]
    public string Status { get; init; } = "2xx";

    [About("Values in the body, by RFC 9535 singular query: a value, or { exists, matches, gt, lt }.", Example = "{ $.total: { gt: 0 } }")]
    public NameMap<JsonText> Json { get; init; } = NameMap<JsonText>.Empty;
}

/// <summary>A value of any JSON shape, kept as canonical JSON text so that records that hold it stay comparable.</summary>
public sealed record JsonText(string Json);

/// <summary>A flow over several services, each step with its compensation.</summary>
public sealed record Saga
{
    [Must, Refers("service"), About("The service that drives it.", Example = "orders")]
    public string Owner { get; init; } = "";

    [Must, About("What is done, in order.")]
    public ValueList<SagaStep> Steps { get; init; } = [];
}

/// <summary>One step of a saga.</summary>
[ShortForm(nameof(Call))]
public sealed record SagaStep
{
    [Must, Refers("operation"), About("Service and operation.", Example = "inventory.reserve")]
    public string Call { get; init; } = "";

    [Refers("operation"), About("What undoes it.", Example = "inventory.release")]
    public string? Undo { get; init; }

    [About("How long the step may take.", Min = "1ms", Max = "365d", Example = "5s")]
    public TimeSpan? Within { get; init; }
}
