using System.Collections.Concurrent;
using System.Net;

namespace Conway.Run;

/// <summary>GETs at a steady rate, whatever the answers take, until disposed; what is not 200 is a failure. This machine only.</summary>
/// <remarks>On a machine so busy that good answers are slow too, one that came too late for a time limit proves nothing and is left out.</remarks>
internal sealed class Load : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(15) };
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _late = new();
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);
    private int _slow;
    private int _answered;

    private Load(Uri address, int perSecond) => _sending = SendAsync(address, TimeSpan.FromSeconds(1.0 / perSecond));

    public IEnumerable<string> Failures => _slow * 20 > _answered ? _failures : _failures.Concat(_late);

    public static Load Of(Uri gateway, string path, int perSecond) => new(new Uri(gateway, path), perSecond);

    /// <summary>Ends when as many more have been answered.</summary>
    public async Task Answered(int more)
    {
        var until = Volatile.Read(ref _answered) + more;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (Volatile.Read(ref _answered) < until)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(Uri address, TimeSpan every)
    {
        var under = new List<Task>();
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                under.RemoveAll(t => t.IsCompleted);
                under.Add(OneAsync(address));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(under);
        }
    }

    private async Task OneAsync(Uri address)
    {
        var asked = TimeProvider.System.GetTimestamp();
        try
        {
            using var response = await _client.GetAsync(address, CancellationToken.None);
            if ((int)response.StatusCode != 200)
            {
                (response.StatusCode == HttpStatusCode.GatewayTimeout ? _late : _failures).Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
            else if (TimeProvider.System.GetElapsedTime(asked) > Slow)
            {
                Interlocked.Increment(ref _slow);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            _failures.Enqueue(e.Message);
        }

        Interlocked.Increment(ref _answered);
    }
}
