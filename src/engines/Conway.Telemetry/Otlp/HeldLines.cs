using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Conway.Telemetry.Otlp;

/// <summary>The lines of one service that say of themselves that they are sent over OTLP too, until their record comes. Safe for concurrent use.</summary>
/// <remarks>
/// A line leaves in one of two ways: its record came, and then the line is not needed; or it is given back to be stored: after <see cref="Patience"/>, when its
/// process has ended, or when too many wait. So what a dead exporter swallows is shown from its line, and a limit can at worst show a record twice.
/// </remarks>
internal sealed class HeldLines(TimeProvider clock)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public const int LinesMax = 8192;

    public const int BytesMax = 4 * 1024 * 1024;

    private const int BytesBesides = 200;

    private readonly Lock _gate = new();
    private readonly LinkedList<Held> _byAge = [];
    private readonly Dictionary<RecordMark, (Held First, Held Last)> _byMark = [];

    // Above zero: records whose line is still in the pipe. Below: lines given back, whose record may yet come and is not to cancel another one.
    private readonly Dictionary<RecordMark, int> _ahead = [];
    private readonly Queue<(RecordMark Mark, int Sign, long At)> _aheadByAge = new();
    private int _bytes;

    /// <summary>Holds a copy of the line, unless its record is here already; adds to <paramref name="due"/> what must go because too many wait.</summary>
    public void Take(in OutputLine line, List<OutputLine> due)
    {
        var mark = RecordMark.Of(line.Trace, line.Span, (int)line.Level, Encoding.UTF8.GetBytes(line.Replica), line.Text.Span);
        lock (_gate)
        {
            if (_ahead.GetValueOrDefault(mark) > 0)
            {
                Count(mark, -1);
                return;
            }

            var held = new Held(line with { Text = line.Text.ToArray(), Detail = line.Detail.ToArray() }, mark, clock.GetTimestamp());
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(_byMark, mark, out var exists);
            if (exists)
            {
                same.Last.NextSame = held;
                same.Last = held;
            }
            else
            {
                same = (held, held);
            }

            held.Place = _byAge.AddLast(held);
            _bytes += held.Bytes;
            while (_byAge.Count > LinesMax || _bytes > BytesMax)
            {
                GiveBack(_byAge.First!.Value, due);
            }
        }
    }

    /// <summary>A record was stored: one line with its mark is not needed any more.</summary>
    public void Came(in RecordMark mark)
    {
        lock (_gate)
        {
            if (_byMark.TryGetValue(mark, out var same))
            {
                Remove(same.First);
            }
            else
            {
                Count(mark, +1);
            }
        }
    }

    /// <summary>Adds the lines whose record will hardly come any more.</summary>
    public void TakeDue(List<OutputLine> due)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            while (_byAge.First is { Value: var oldest } && clock.GetElapsedTime(oldest.At, now) >= Patience)
            {
                GiveBack(oldest, due);
            }

            while (_aheadByAge.TryPeek(out var entry) && clock.GetElapsedTime(entry.At, now) >= Patience)
            {
                Forget();
            }
        }
    }

    /// <summary>Adds all lines of a replica, or of all: no more records will come.</summary>
    public void TakeAll(string? replica, List<OutputLine> due)
    {
        lock (_gate)
        {
            for (var node = _byAge.First; node is not null;)
            {
                var held = node.Value;
                node = node.Next;
                if (replica is null || held.Line.Replica == replica)
                {
                    GiveBack(held, due);
                }
            }
        }
    }

    private void GiveBack(Held held, List<OutputLine> due)
    {
        due.Add(held.Line);
        Remove(held);
        Count(held.Mark, -1);
    }

    // Lines leave oldest first, and all of one mark are of one replica: what leaves is always the first of its mark.
    private void Remove(Held held)
    {
        ref var same = ref CollectionsMarshal.GetValueRefOrNullRef(_byMark, held.Mark);
        if (held.NextSame is { } next)
        {
            same.First = next;
        }
        else
        {
            _byMark.Remove(held.Mark);
        }

        _byAge.Remove(held.Place!);
        _bytes -= held.Bytes;
    }

    private void Count(in RecordMark mark, int sign)
    {
        ref var ahead = ref CollectionsMarshal.GetValueRefOrAddDefault(_ahead, mark, out _);
        var isNew = ahead * sign >= 0;
        ahead += sign;
        if (ahead == 0)
        {
            _ahead.Remove(mark);
        }

        if (isNew)
        {
            _aheadByAge.Enqueue((mark, sign, clock.GetTimestamp()));
            if (_aheadByAge.Count > LinesMax)
            {
                Forget();
            }
        }
    }

    // What was met meanwhile has left already; then another of its mark is forgotten a little early, which shows it twice at worst.
    private void Forget()
    {
        var (mark, sign, _) = _aheadByAge.Dequeue();
        ref var ahead = ref CollectionsMarshal.GetValueRefOrNullRef(_ahead, mark);
        if (!Unsafe.IsNullRef(ref ahead) && ahead * sign > 0)
        {
            ahead -= sign;
            if (ahead == 0)
            {
                _ahead.Remove(mark);
            }
        }
    }

    private sealed class Held(OutputLine line, RecordMark mark, long at)
    {
        public OutputLine Line => line;

        public RecordMark Mark => mark;

        public long At => at;

        public int Bytes => line.Text.Length + line.Detail.Length + BytesBesides;

        public Held? NextSame { get; set; }

        public LinkedListNode<Held>? Place { get; set; }
    }
}
