namespace Conway.Traffic.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(10, 3)]
    [InlineData(15, 3)]
    [InlineData(20, 4)]
    [InlineData(100, 20)]
    public void A_fifth_of_the_requests_under_way_may_be_retries_and_three_always(int active, int allowed)
    {
        var budget = new RetryBudget(RetryBudgetSettings.Default);
        for (var i = 0; i < active; i++)
        {
            budget.Enter();
        }

        var granted = Enumerable.Range(0, 200).Count(_ => budget.TryTake());

        Assert.Equal(allowed, granted);
        budget.Return();
        Assert.True(budget.TryTake());
        Assert.False(budget.TryTake());
    }

    [Fact]
    public void Exhaustion_is_told_once_a_second()
    {
        List<TrafficEvent> events = [];
        var pool = Some.Pool(CallPolicy.Default, 1, events);
        foreach (var ms in (int[])[0, 1, 500, 999, 1000, 1500, 2001])
        {
            pool.TellBudgetExhausted(ms.Milliseconds());
        }

        Assert.Equal(3, events.Count);
    }

    [Theory]
    [InlineData("GET", false, false, true)]
    [InlineData("HEAD", false, false, true)]
    [InlineData("PUT", false, false, true)]
    [InlineData("DELETE", false, false, true)]
    [InlineData("OPTIONS", false, false, true)]
    [InlineData("POST", false, false, false)]
    [InlineData("PATCH", false, false, false)]
    [InlineData("POST", true, false, true)]
    [InlineData("POST", false, true, true)]
    [InlineData("get", false, false, false)] // methods are case-sensitive
    public void Only_what_may_be_sent_twice_is_sent_twice(string method, bool key, bool policy, bool may) =>
        Assert.Equal(may, new RetryPolicy(new CallPolicy { RetryNonIdempotent = policy }).MayRepeat(method, key));

    [Theory]
    [InlineData(200, RetryConditions.Default, false)]
    [InlineData(500, RetryConditions.Default, false)]
    [InlineData(502, RetryConditions.Default, true)]
    [InlineData(503, RetryConditions.Default, true)]
    [InlineData(504, RetryConditions.Default, true)]
    [InlineData(500, RetryConditions.ServerError, true)]
    [InlineData(503, RetryConditions.ServerError, true)]
    [InlineData(503, RetryConditions.Reset, false)]
    [InlineData(409, RetryConditions.Default, false)]
    [InlineData(409, RetryConditions.Conflict, true)]
    [InlineData(429, RetryConditions.TooManyRequests, true)]
    public void A_status_is_worth_another_attempt_by_the_conditions(int status, RetryConditions on, bool worth) =>
        Assert.Equal(worth, new RetryPolicy(new CallPolicy { RetryOn = on }).IsWorthAnother(status));

    [Theory]
    [InlineData(1, 25)]
    [InlineData(2, 75)]
    [InlineData(3, 175)]
    [InlineData(4, 250)]
    [InlineData(10, 250)]
    public void Back_off_is_uniform_below_its_bound(int retry, int boundMs)
    {
        var (policy, draw) = (new RetryPolicy(CallPolicy.Default), new SeededDraw(7));
        var waits = Enumerable.Range(0, 20_000).Select(_ => policy.BackOff(retry, draw).TotalMilliseconds).ToList();

        Assert.InRange(waits.Max(), boundMs * 0.99, boundMs);
        Assert.InRange(waits.Min(), 0, boundMs * 0.01);
        Assert.InRange(waits.Average(), boundMs * 0.48, boundMs * 0.52);
    }

    [Fact]
    public void More_retries_than_the_most_are_taken_as_the_most() =>
        Assert.Equal(CallPolicy.RetriesMax, new RetryPolicy(new CallPolicy { Retries = 1000 }).RetriesMax);
}
