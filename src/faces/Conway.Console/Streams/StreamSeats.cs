namespace Conway.Console.Streams;

/// <summary>Bounds how many streams are open at once.</summary>
internal sealed class StreamSeats(int seatsMax)
{
    private int _taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= seatsMax)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _taken);
}
