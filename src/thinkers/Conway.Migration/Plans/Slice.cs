using Conway.Model;

namespace Conway.Migration.Plans;

/// <summary>A service that is taken out of the monolith: what moves, and all that has to change for it.</summary>
public sealed record Slice
{
    [About("How many of each the code shows, so that a line that was deleted from the plan is missed.")]
    public SliceCounts Counts { get; init; } = new();

    [About("Requests that it will answer.")]
    public ValueList<SliceRoute> Routes { get; init; } = [];

    [About("Jobs, hosted services and consumers that move with it.")]
    public ValueList<SliceEntry> Background { get; init; } = [];

    [About("Calls from outside into it, to be redirected to the interface.")]
    public ValueList<SliceCall> CallsIn { get; init; } = [];

    [About("Calls out of it, which need a way back into the monolith or to a service that left before.")]
    public ValueList<SliceCall> CallsOut { get; init; } = [];

    [About("Code outside of it that reads or writes its tables by itself.")]
    public ValueList<SliceReader> Readers { get; init; } = [];

    [About("The seam: the interface through which the rest of the monolith calls it.")]
    public SliceInterface? Interface { get; init; }

    [About("What is promised between it and others, and tested on both sides.")]
    public ValueList<SliceContract> Contracts { get; init; } = [];

    [About("Anti-corruption layers: none of them is for ever.")]
    public ValueList<SliceAcl> Acl { get; init; } = [];

    [About("What becomes of each table it touches.")]
    public ValueList<SliceTable> Data { get; init; } = [];

    [About("Foreign keys and navigations that leaving cuts, each with what replaces it.")]
    public ValueList<SliceKey> Keys { get; init; } = [];

    [About("Joins that leaving cuts, each with what replaces it.")]
    public ValueList<SliceJoin> Joins { get; init; } = [];

    [About("Transactions that leaving parts.")]
    public ValueList<SliceTransaction> Transactions { get; init; } = [];

    [About("Figures that decide, written down before the switch. Limits are yours.")]
    public ValueList<Gate> Gates { get; init; } = [];

    [About("How requests go over, by share.")]
    public ValueList<CutOverStage> CutOver { get; init; } = [];

    [About("What is gone when it is done.")]
    public SliceLeftovers Done { get; init; } = new();
}

/// <summary>How many of each the code shows.</summary>
public sealed record SliceCounts
{
    [About("Routes.")]
    public int Routes { get; init; }

    [About("Entries of calls-in.")]
    public int CallsIn { get; init; }

    [About("Entries of readers.")]
    public int Readers { get; init; }

    [About("Tables that move.")]
    public int Tables { get; init; }

    [About("Entries of keys.")]
    public int Keys { get; init; }

    [About("Entries of joins.")]
    public int Joins { get; init; }

    [About("Entries of transactions.")]
    public int Transactions { get; init; }
}

/// <summary>A request that the service will answer.</summary>
public sealed record SliceRoute
{
    [Must, About("HTTP method, or * for any.", Example = "POST")]
    public string Method { get; init; } = "*";

    [Must, About("As the code has it.", Example = "/orders/{id}")]
    public string Path { get; init; } = "";

    [Must, About("Who answers it now.", Example = "OrdersController.Post")]
    public string Handler { get; init; } = "";

    [Must, About("Whether it writes: as a whole it goes over with the write flip, never by share.")]
    public bool Writes { get; init; }

    [Must, About("Where it is declared.", Example = "src/Orders/OrdersController.cs:21")]
    public string At { get; init; } = "";
}

/// <summary>Work that does not begin with a request.</summary>
public sealed record SliceEntry
{
    [Must, About("What starts it.", Example = "job Billing.NightlyRun")]
    public string Name { get; init; } = "";

    [Must, About("Where from."), AnyOf("job", "hosted", "consumer", "grpc", "hub", "soap", "unread route")]
    public string Kind { get; init; } = "job";

    [About("As the code has it.", Example = "0 2 * * *")]
    public string? Schedule { get; init; }

    [Must, About("Where it is declared.")]
    public string At { get; init; } = "";
}

/// <summary>Calls between the slice and the rest.</summary>
public sealed record SliceCall
{
    [Must, About("The service at the other end; monolith for code that belongs to no service.", Example = "billing")]
    public string With { get; init; } = "";

    [Must, About("Who calls whom.", Example = "Checkout.Pay -> Coupons.Redeem")]
    public string What { get; init; } = "";

    [About("It stands in a loop: over a network that is one request for each round. Ask for all at once.")]
    public bool InLoop { get; init; }

    [Must, About("What it becomes."), AnyOf("interface", "address", "event")]
    public string Becomes { get; init; } = "interface";

    [Must, About("Every place.")]
    public ValueList<string> At { get; init; } = [];
}

/// <summary>Code outside of the slice that uses a table of it without asking.</summary>
public sealed record SliceReader
{
    [Must, About("The table.", Example = "orders")]
    public string Table { get; init; } = "";

    [Must, About("The service that does; monolith for code that belongs to none.", Example = "reports")]
    public string By { get; init; } = "";

    [Must, About("The type.", Example = "SalesReport")]
    public string Type { get; init; } = "";

    [Must, About("What it does."), AnyOf("read", "write")]
    public string Mode { get; init; } = "read";

    [About("What it does instead.")]
    public string Instead { get; init; } = "";

    [Must, About("Every place.")]
    public ValueList<string> At { get; init; } = [];
}

/// <summary>The interface behind which the old and the new way stand.</summary>
public sealed record SliceInterface
{
    [Must, About("Its name.", Example = "IOrders")]
    public string Name { get; init; } = "";

    [About("What others call today.")]
    public ValueList<InterfaceMember> Members { get; init; } = [];
}

/// <summary>A member that others call.</summary>
public sealed record InterfaceMember
{
    [Must, About("Who has it now.", Example = "OrderService")]
    public string Of { get; init; } = "";

    [Must, About("As it is written.", Example = "Task<Order> Place(Guid id)")]
    public string Signature { get; init; } = "";

    [Must, About("Where.")]
    public string At { get; init; } = "";
}

/// <summary>A promise between services.</summary>
public sealed record SliceContract
{
    [Must, About("Its form."), AnyOf("openapi", "asyncapi", "proto", "wsdl")]
    public string Kind { get; init; } = "openapi";

    [Must, About("Where it will stand.", Example = "contracts/orders.openapi.yaml")]
    public string File { get; init; } = "";

    [Must, About("What it has to hold.")]
    public string Holds { get; init; } = "";
}

/// <summary>A translation at the border.</summary>
public sealed record SliceAcl
{
    [Must, About("Stable within the plan.", Example = "orders.in")]
    public string Id { get; init; } = "";

    [Must, About("From whose words.")]
    public string From { get; init; } = "";

    [Must, About("To whose words.")]
    public string To { get; init; } = "";

    [Must, About("Where it lives.")]
    public string Lives { get; init; } = "";

    [About("Types that cross the border, with where they are declared.")]
    public ValueList<string> Translates { get; init; } = [];

    [About("When it goes. Yours to change.")]
    public string Ends { get; init; } = "";

    [About("The day by which it must be gone. Yours to set.", Example = "2027-03-31")]
    public DateOnly? EndsOn { get; init; }
}
