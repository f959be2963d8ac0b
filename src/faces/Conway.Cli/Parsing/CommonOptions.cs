using System.CommandLine;
using Conway.Model;

namespace Conway.Cli;

/// <summary>Options and arguments that several verbs share, so that they are spelt and explained the same everywhere.</summary>
internal static class CommonOptions
{
    public static Argument<string?> Path() => new("PATH")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A folder or a conway.yaml; without it the file is searched for upward",
    };

    /// <summary>A path and names in one row; <see cref="Operands"/> tells them apart.</summary>
    public static Argument<string[]> PathAndServices(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Arity = ArgumentArity.ZeroOrMore, Description = description };
        argument.CompletionSources.Add(static _ => ServiceNames.ForCompletion());
        return argument;
    }

    public static Option<string?> Environment() => new("--environment", "-e") { HelpName = "NAME", Description = "With the overlay of this environment" };

    public static Option<string> Output(params string[] forms)
    {
        var option = new Option<string>("--output", "-o")
        {
            HelpName = string.Join('|', forms),
            Description = $"Form of the output; {forms[0]} by default",
            DefaultValueFactory = _ => forms[0],
        };
        return OneOf(option, forms);
    }

    /// <summary>The option takes only these words; another one is answered with the one that was probably meant.</summary>
    public static Option<T> OneOf<T>(Option<T> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !words.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{option.Name} cannot be '{result.Tokens[0].Value}'. {UsageProblem.Hint(result.Tokens[0].Value, words, $"It is one of: {string.Join(", ", words)}.")}");
            }
        });
        return option;
    }

    /// <summary>A duration as in the model: <c>60s</c>, <c>1m30s</c>.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan byDefault)
    {
        var option = new Option<TimeSpan>(name)
        {
            HelpName = "TIME",
            Description = byDefault > TimeSpan.Zero ? $"{description}; {UnitText.Format(byDefault)} by default" : description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (UnitText.TryDuration(text, out var value))
                {
                    return value;
                }

                result.AddError($"'{text}' is not a time; write it with a unit, as in 60s, 1m30s or 500ms.");
                return default;
            },
        };
        return option;
    }

    public static Option<int?> Number(string name, string description, int min, int max) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            {
                return value;
            }

            result.AddError($"'{text}' is not a number from {min} to {max}.");
            return null;
        },
    };

    public static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };
}
