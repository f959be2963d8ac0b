using System.Text;
using Conway.Findings;
using Conway.Reader;

namespace Conway.Storming.Tests;

public sealed class StormerTests
{
    [Fact]
    public void A_board_becomes_aggregates_and_contexts_parted_by_policies()
    {
        var proposal = Propose("""
            - { actor: Customer }
            - { command: Fill basket }
            - { event: Basket filled }
            - { command: Place order, by: Customer }
            - { event: Order placed }
            - { policy: ask for the money }
            - { command: Capture payment }
            - { aggregate: Payment }
            - { event: Payment captured }
            - { policy: pack it }
            - { command: Pack parcel, on: Shipment }
            - { event: Parcel packed, on: Shipment }
            """);
        Assert.Equal(["Basket!", "Order!", "Payment", "Shipment"], proposal.Aggregates.Select(a => a.Name + (a.IsGuessed ? "!" : "")));
        Assert.Equal(["basket: Basket, Order", "payment: Payment", "shipment: Shipment"], proposal.Contexts.Select(c => $"{c.Name}: {string.Join(", ", c.Aggregates)}"));
        Assert.Equal("Customer goes from 'Fill basket' to 'Place order' without waiting for anything", Assert.Single(proposal.Contexts[0].Because));
        Assert.Equal(["Order placed: basket -> payment by ask for the money", "Payment captured: payment -> shipment by pack it"], proposal.Flows.Select(f => $"{f.Event}: {f.From} -> {f.To} by {f.By}"));
        Assert.Equal(["OrderPlaced"], proposal.Model.Services["basket"].Publishes.Keys);
        Assert.Equal(["PaymentCaptured"], proposal.Model.Services["shipment"].Consumes);
        Assert.Equal("payment", Assert.Single(proposal.Model.Contexts["shipment"].Upstream).Context);
        Assert.Equal(["/api/basket/**"], proposal.Model.Gateway.Routes.Select(r => r.Path));
    }

    [Fact]
    public void What_people_drew_is_neither_parted_nor_joined()
    {
        var proposal = Propose("""
            - { actor: Customer }
            - { command: Fill basket, on: Basket, context: Browsing }
            - { event: Basket filled }
            - { command: Place order, on: Order, by: Customer, context: Ordering }
            - { event: Order placed }
            - { policy: later }
            - { command: Send bill, on: Bill, context: Ordering }
            - { event: Bill sent }
            """);
        Assert.Equal(["browsing: Basket", "ordering: Order, Bill"], proposal.Contexts.Select(c => $"{c.Name}: {string.Join(", ", c.Aggregates)}"));
        Assert.All(proposal.Contexts, c => Assert.True(c.IsDrawn));
        Assert.Empty(proposal.Flows);
    }

    [Fact]
    public void One_command_that_changes_two_aggregates_holds_them_together()
    {
        var proposal = Propose("""
            - { actor: Clerk }
            - { command: Move money, on: Account }
            - { event: Account debited, on: Account }
            - { event: Ledger written, on: Ledger }
            """);
        Assert.Equal("'Move money' is taken by Account and tells of Ledger", Assert.Single(Assert.Single(proposal.Contexts).Because));
    }

    [Fact]
    public void Contexts_that_hear_each_other_are_partners_and_told_once()
    {
        var proposal = Propose("""
            - { actor: Customer }
            - { command: Place order, on: Order }
            - { event: Order placed }
            - { policy: ask for the money }
            - { command: Capture payment, on: Payment }
            - { event: Payment captured }
            - { policy: go on }
            - { command: Confirm order, on: Orders }
            - { event: Order confirmed }
            """);
        var relation = Assert.Single(proposal.Model.Contexts.Values.SelectMany(c => c.Upstream));
        Assert.Equal(("payment", Conway.Model.ContextPattern.Partnership), (relation.Context, relation.As));
        Assert.Equal(["Order", "Payment"], proposal.Aggregates.Select(a => a.Name));
    }

    [Fact]
    public void An_event_of_a_system_outside_belongs_to_no_context_and_what_is_open_is_told()
    {
        var proposal = Propose("""
            - { system: Bank }
            - { event: Money arrived }
            - { hotspot: In which currency? }
            - { policy: book it, after: [Money arrived, Money lost] }
            - { event: Something odd, on: Ledger }
            - { policy: nothing }
            - { read-model: Balance }
            - { command: Close year }
            """);
        Assert.Equal(["Ledger", "Year"], proposal.Aggregates.Select(a => a.Name));
        Assert.Equal([new StormHotspot("In which currency?", "Money arrived")], proposal.Hotspots);
        Assert.Equal(
            [
                "Nothing on the board causes 'Something odd': no command stands before it.",
                "'book it' waits for 'Money lost', which is not on the board.",
                "Nothing follows from 'book it': no command stands behind it.",
                "Nothing follows from 'nothing': no command stands behind it.",
                "Nothing happens after 'Close year': no event stands behind it.",
                "'Year' is taken from the words of 'Close year'; no note names it.",
            ],
            proposal.Doubts);
    }

    [Theory]
    [InlineData("Place the order", "Order")]
    [InlineData("PlaceOrder", "Order")]
    [InlineData("Ship", "Ship")]
    [InlineData("", "")]
    public void The_noun_of_a_command_is_what_stands_behind_its_verb(string words, string noun) => Assert.Equal(noun, Nouns.OfCommand(words), ignoreCase: true);

    [Theory]
    [InlineData("Order was placed by a friend", "Order")]
    [InlineData("Order line added to basket", "Order line")]
    [InlineData("OrderPlaced", "Order")]
    [InlineData("Money lost", "Money")]
    [InlineData("Shipped", "Shipped")]
    public void The_noun_of_an_event_is_what_stands_before_its_verb(string words, string noun) => Assert.Equal(noun, Nouns.OfEvent(words));

    [Fact]
    public void The_model_of_any_board_can_be_read_without_an_error()
    {
        string[] words = ["Order", "order", "Orders", "Платёж", "1st try", "", "  ", "a", "Order placed", "!!!", "x: y # z", "Ordering context of the whole wide world that does not fit into any name at all", "null", "yes"];
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            string Word() => words[random.Next(words.Length)];
            string? Maybe() => random.Next(3) == 0 ? Word() : null;
            var notes = Enumerable.Range(0, random.Next(1, 25)).Select(_ => (random.Next(9) switch
            {
                0 => new Note { Actor = Word() },
                1 or 2 => new Note { Command = Word() },
                3 or 4 => new Note { Event = Word() },
                5 => new Note { Policy = Word() },
                6 => new Note { Aggregate = Word() },
                7 => new Note { System = Word() },
                _ => new Note { ReadModel = Word() },
            }) with
            { On = Maybe(), By = Maybe(), Context = Maybe(), After = new(random.Next(4) == 0 ? [Word()] : []) });
            var proposal = Stormer.Propose(new Board { System = "shop", Notes = new(notes) });
            var yaml = DocumentWriter.Write(proposal.Model);
            var read = ModelReader.Read(new MemoryFileTree(new Dictionary<string, string> { ["conway.yaml"] = yaml }), "conway.yaml", new ReadOptions());
            Assert.True(!read.Findings.Any(f => f.Severity == Severity.Error), $"seed {seed}: {read.Findings.FirstOrDefault(f => f.Severity == Severity.Error)}\n{yaml}");
            Assert.Equal(proposal.Model, read.Model);
            Assert.Equal(proposal.Aggregates.Select(a => a.Name).Order(StringComparer.Ordinal), proposal.Contexts.SelectMany(c => c.Aggregates).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_board_with_too_many_notes_is_read_as_far_as_it_goes()
    {
        var proposal = Stormer.Propose(new Board { System = "shop", Notes = new(Enumerable.Repeat(new Note { Event = "Order placed", On = "Order" }, Board.NotesMax + 1)) });
        Assert.Equal("Of 5001 notes the first 5000 are read.", proposal.Doubts[0]);
        Assert.Contains("'Order placed' is noted twice; it counts as one event.", proposal.Doubts);
    }

    private static StormProposal Propose(string notes)
    {
        var read = DocumentReader.Read<Board>("board.yaml", Encoding.UTF8.GetBytes("system: shop\nnotes:\n" + string.Concat(notes.Split('\n').Select(l => $"  {l}\n"))), "the board");
        Assert.Empty(read.Findings);
        return Stormer.Propose(read.Value);
    }
}
