using System.Collections;
using Conway.Model;
using Conway.Review.Leaves;

namespace Conway.Review.Tests;

public sealed class KeyTests
{
    [Fact]
    public void A_change_of_any_key_of_the_model_is_told_by_a_class_that_knows_what_it_means()
    {
        var model = Reviewing.State(Reviewing.One(Reviewing.Bank)).Model;
        var tried = new HashSet<string>();
        foreach (var (name, head) in Altered(model, "", o => (SystemModel)o))
        {
            tried.Add(name);
            var changes = Reviewing.Review(model, head);
            Assert.True(changes.Count > 0, $"{name}: a change of it is not seen");
            Assert.True(changes.All(c => c.Class != ChangeCatalog.Other), $"{name}: {changes.Text()}");
            Assert.NotEmpty(Reviewing.Review(head, model));
        }

        Assert.InRange(tried.Count, 150, 2000);
    }

    /// <summary>The model with one property changed, for every property of every record in it, and for every one that could be in it.</summary>
    private static IEnumerable<(string Name, SystemModel Model)> Altered(object record, string at, Func<object, SystemModel> whole)
    {
        foreach (var property in ModelLeaves.Properties(record.GetType()))
        {
            SystemModel With(object? value)
            {
                var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, [])!;
                property.SetValue(copy, value);
                return whole(copy);
            }

            var (path, value) = ($"{at}.{property.Name}", property.GetValue(record));
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type.IsGenericType)
            {
                foreach (var altered in Collections(value!, type, path, With))
                {
                    yield return altered;
                }
            }
            else if (ModelLeaves.IsRecord(type))
            {
                foreach (var altered in Altered(value ?? Activator.CreateInstance(type)!, path, With))
                {
                    yield return altered;
                }
            }
            else if (Other(value, type) is { } other)
            {
                yield return (path, With(other));
            }
        }
    }

    private static IEnumerable<(string, SystemModel)> Collections(object value, Type type, string path, Func<object?, SystemModel> with)
    {
        var item = type.GetGenericArguments()[0];
        var isMap = type.GetGenericTypeDefinition() == typeof(NameMap<>);
        var items = ((IEnumerable)value).Cast<object>().ToArray();
        var element = isMap ? typeof(KeyValuePair<,>).MakeGenericType(typeof(string), item) : item;
        object Make(IReadOnlyList<object> all)
        {
            var array = Array.CreateInstance(element, all.Count);
            for (var i = 0; i < all.Count; i++)
            {
                array.SetValue(all[i], i);
            }

            return Activator.CreateInstance(type, array)!;
        }

        if (items.Length > 0)
        {
            yield return (path + " without its first", with(Make(items[1..])));
        }

        var fresh = item == typeof(string) ? "extra" : item == typeof(JsonText) ? new JsonText("1") : Activator.CreateInstance(item)!;
        yield return (path + " with one more", with(Make([.. items, isMap ? Activator.CreateInstance(element, "extra", fresh)! : fresh])));
        foreach (var (index, one) in items.Index())
        {
            var inner = isMap ? element.GetProperty("Value")!.GetValue(one)! : one;
            object Placed(object changed) => Make([.. items[..index], isMap ? Activator.CreateInstance(element, element.GetProperty("Key")!.GetValue(one), changed)! : changed, .. items[(index + 1)..]]);
            if (ModelLeaves.IsRecord(item))
            {
                foreach (var altered in Altered(inner, $"{path}[{index}]", changed => with(Placed(changed))))
                {
                    yield return altered;
                }
            }
        }
    }

    private static object? Other(object? value, Type type) => value switch
    {
        null when type == typeof(JsonText) => new JsonText("1"),
        JsonText json => new JsonText($"[{json.Json}]"),
        _ when type == typeof(string) => value + "x",
        _ when type == typeof(bool) => !(bool)(value ?? false),
        _ when type == typeof(int) => (int)(value ?? 0) + 1,
        _ when type == typeof(TimeSpan) => (TimeSpan)(value ?? TimeSpan.Zero) + TimeSpan.FromSeconds(1),
        _ when type == typeof(Percentage) => new Percentage(((Percentage)(value ?? new Percentage(50))).Percent / 2),
        _ when type == typeof(Rate) => new Rate(((Rate)(value ?? default(Rate))).PerSecond + 1),
        _ when type == typeof(ByteSize) => new ByteSize(((ByteSize)(value ?? default(ByteSize))).Bytes + 1),
        _ when type == typeof(DateOnly) => ((DateOnly)(value ?? new DateOnly(2030, 1, 1))).AddDays(1),
        _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(v => !v.Equals(value)),
        _ => throw new NotSupportedException($"{type} is new; say how to change it."),
    };
}
