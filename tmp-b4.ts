import * as torch from "@cognate/torch";
const nn=torch.nn; const l=nn.Linear(784,128); const st=(t:any)=>t._value.array.storage.movable;
console.log('w',st(l.weight), 'randn',st(torch.randn(100,100)), 'zeros', st(torch.zeros(100,100)), 'conv', st(nn.Conv2d(32,64,3).weight), 'lstm', st((nn.LSTM(64,128) as any).weight_ih_l0), 'rand', st(torch.rand(100,100)));
const opt=torch.optim.Adam(l.parameters()); const x=torch.randn(32,784);
const y=l(x); console.log('y',st(y), st(x)); y.relu().sum().backward(); console.log('grad',st(l.weight.grad)); opt.step(); console.log('w',st(l.weight), st(opt.state.get(l.weight)!.exp_avg));
