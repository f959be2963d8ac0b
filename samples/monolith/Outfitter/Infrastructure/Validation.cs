using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Outfitter.Infrastructure;

/// <summary>What is wrong with a request, by field.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public bool Any => _errors.Count > 0;

    public FieldErrors Unless(bool isRight, string field, string message)
    {
        if (!isRight)
        {
            if (!_errors.TryGetValue(field, out var messages))
                _errors[field] = messages = [];
            messages.Add(message);
        }

        return this;
    }

    public Dictionary<string, string[]> ToDictionary() => _errors.ToDictionary(e => e.Key, e => e.Value.ToArray());
}

public interface IRequestValidator
{
    void Check(object request, FieldErrors errors);
}

/// <summary>Says what is wrong with requests of one kind.</summary>
public abstract class RequestValidator<T> : IRequestValidator
{
    void IRequestValidator.Check(object request, FieldErrors errors) => Check((T)request, errors);

    protected abstract void Check(T request, FieldErrors errors);
}

/// <summary>Asks the validators of all arguments before an action runs.</summary>
public sealed class ValidationFilter(IServiceProvider services) : IAsyncActionFilter
{
    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var errors = new FieldErrors();
        foreach (var argument in context.ActionArguments.Values)
        {
            if (argument is not null && services.GetService(typeof(RequestValidator<>).MakeGenericType(argument.GetType())) is IRequestValidator validator)
                validator.Check(argument, errors);
        }

        if (!errors.Any)
            return next();
        context.Result = new BadRequestObjectResult(new ValidationProblemDetails(errors.ToDictionary()));
        return Task.CompletedTask;
    }
}
