import * as torch from "@cognate/torch";
const cpu=()=>{const u=process.cpuUsage(); return (u.user+u.system)/1000;};
const bench=(name:string,f:()=>unknown,k=1)=>{ for(let i=0;i<5;i++)f(); let b=1e9,w=1e9; for(let i=0;i<25;i++){const t=cpu(),s=performance.now(); f(); b=Math.min(b,cpu()-t); w=Math.min(w,performance.now()-s);} console.log(name.padEnd(30),(1000*b/k).toFixed(2),'µs cpu', (1000*w/k).toFixed(2),'µs wall'); };
const s4=torch.randn(4), m4=torch.randn(4,4,{requires_grad:true}), n4=torch.randn(4,4);
const many=(k:number,f:()=>unknown)=>()=>{for(let i=0;i<k;i++)f();};
const which=process.env.W??'all';
if(which==='all'||which==='add'){ bench('add4',many(20000,()=>s4.add(s4)),20000); bench('torch.add4',many(20000,()=>torch.add(s4,s4)),20000); }
if(which==='all'||which==='mm') bench('mm+tanh+sum fb',many(1000,()=>{ m4.grad=null; torch.matmul(m4,n4).tanh().sum().backward(); }),1000);
const nn=torch.nn; const mlp=nn.Sequential(nn.Linear(2,8),nn.Tanh(),nn.Linear(8,1)); const opt=torch.optim.SGD(mlp.parameters(),{lr:0.01}); const xi=torch.randn(4,2), yi=torch.randn(4,1); const mse=nn.MSELoss();
if(which==='all'||which==='mlp') bench('mlp 2-8-1 step',many(500,()=>{opt.zero_grad(); const l=mse(mlp(xi),yi); l.backward(); opt.step();}),500);
const mlp2=nn.Sequential(nn.Linear(784,128),nn.ReLU(),nn.Linear(128,10)); const opt2=torch.optim.Adam(mlp2.parameters()); const x2=torch.randn(32,784), y2=torch.randint(0,10,[32]); const ce=nn.CrossEntropyLoss();
if(which==='all'||which==='mlp2') bench('mlp 784 step',many(10,()=>{opt2.zero_grad(); const l=ce(mlp2(x2),y2); l.backward(); opt2.step();}),10);
